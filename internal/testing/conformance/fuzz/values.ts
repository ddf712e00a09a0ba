import { dataFields, enumValues, isA } from "../../../vim25/schema/schema.ts";
import type { MoRef } from "../../../vim25/types.ts";
import { escapeXml } from "../../../vim25/xml.ts";
import type { Random } from "./random.ts";

/** Part of a name that nothing outside the datastore may ever have. */
export const escapeMark = "vic-fuzz-escape";

const hugeChars = 20_000;
const depthMax = 6;

/** Texts that look like something else. */
export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\nb",
  "..",
  `../../${escapeMark}`,
  `[datastore1] ../../${escapeMark}.vmx`,
  `[datastore1] ../${escapeMark}/x.vmdk`,
  `[datastore1] /tmp/${escapeMark}.vmdk`,
  `/tmp/${escapeMark}`,
  "[datastore1] a/../../b",
  "[datastore1] %2e%2e/%2e%2e/etc/passwd",
  "[datastore1]",
  "[] x",
  "[none] x.vmdk",
  "[datastore1] kept/kept.vmx",
  "[datastore1] kept/kept.vmdk",
  "[datastore1] \u0000.vmdk",
  "[datastore1] .uploads/x",
  "__proto__",
  "constructor",
  "toString",
  "config.hardware.device[2000].backing",
  "config..hardware",
  "config.__proto__.polluted",
  "name",
  "a".repeat(hugeChars),
  "🦔\u202e\ufeff",
  "%25%2f%5c",
  "<&>\"'",
  "]]>",
  "' OR 1=1; --",
  "$(reboot)",
  ",if=none,file=/etc/passwd",
  "52000000-0000-0000-0000-000000000000",
  "2026-11-28T00:00:00Z",
  "kept",
];

const hostileNumbers: readonly string[] = [
  "0",
  "1",
  "-1",
  "4",
  "64",
  "1000",
  "2000",
  "2147483647",
  "2147483648",
  "-2147483648",
  "9223372036854775807",
  "-9223372036854775809",
  "1e308",
  "1e999",
  "0.5",
  "-0",
  "NaN",
  "INF",
  "-INF",
  "0x10",
  "",
  "one",
  " 7 ",
];

/** What values are made from: the references there are. */
export interface ValueSource {
  random: Random;
  refs: readonly MoRef[];
}

/** An element of a declared type, mostly right, with values that mostly are not. */
export function element(source: ValueSource, tag: string, type: string, depth = 0): string {
  const { random } = source;
  if (random.isLikely(0.01)) return `<${tag} xsi:nil="true"/>`;
  const shown = random.isLikely(0.03) ? wrongType(random) : type;
  const attribute = shown === type ? "" : ` xsi:type="${shown}"`;
  const values = enumValues(type);
  if (values && random.isLikely(0.8)) return `<${tag}${attribute}>${random.pick(values)}</${tag}>`;
  switch (type) {
    case "boolean":
      return `<${tag}${attribute}>${random.pick(["true", "false", "1", "0", "yes", ""])}</${tag}>`;
    case "int":
    case "long":
    case "short":
    case "byte":
    case "double":
    case "float":
      return `<${tag}${attribute}>${random.pick(hostileNumbers)}</${tag}>`;
    case "ManagedObjectReference":
      return reference(source, tag);
    case "anyType":
      return `<${tag} xsi:type="xsd:string">${text(random)}</${tag}>`;
    default:
  }
  const chosen = random.isLikely(0.3) ? derived(random, type) : type;
  const fields = dataFields(chosen);
  if (!fields || depth > depthMax) return `<${tag}${attribute}>${text(random)}</${tag}>`;
  const shownType = chosen === type ? attribute : ` xsi:type="${chosen}"`;
  let inner = "";
  for (const field of fields.values()) {
    // Fewer optional fields the deeper it is: documents stay small.
    if (!random.isLikely(field.isOptional ? 0.25 / (depth + 1) : 0.95)) continue;
    const count = field.isArray ? random.below(3) : 1;
    for (let i = 0; i < count; i++) inner += element(source, field.name, field.type, depth + 1);
  }
  return `<${tag}${shownType}>${inner}</${tag}>`;
}

/** A reference that is there, or one that is not, or one of the wrong type. */
export function reference({ random, refs }: ValueSource, tag: string): string {
  const { type, value } = random.pick(refs);
  const shownType = random.isLikely(0.1) ? random.pick(refs).type : type;
  const shownValue = random.isLikely(0.1) ? random.pick(hostileTexts) : value;
  return `<${tag} type="${shownType}">${escapeXml(shownValue)}</${tag}>`;
}

const text = (random: Random): string => escapeXml(random.pick(hostileTexts));

const wrongType = (random: Random): string =>
  random.pick([
    "xsd:int",
    "xsd:string",
    "ArrayOfString",
    "VirtualDisk",
    "ManagedObjectReference",
    "MethodFault",
    "__proto__",
    "NoSuchType",
  ]);

const bases: Record<string, readonly string[]> = {
  VirtualDevice: [
    "VirtualDisk",
    "VirtualVmxnet3",
    "VirtualCdrom",
    "VirtualSerialPort",
    "ParaVirtualSCSIController",
    "VirtualIDEController",
    "VirtualFloppy",
  ],
  VirtualDeviceBackingInfo: [
    "VirtualDiskFlatVer2BackingInfo",
    "VirtualCdromIsoBackingInfo",
    "VirtualSerialPortFileBackingInfo",
    "VirtualEthernetCardNetworkBackingInfo",
    "VirtualEthernetCardDistributedVirtualPortBackingInfo",
  ],
  SelectionSpec: ["TraversalSpec"],
  VirtualDiskSpec: ["FileBackedVirtualDiskSpec"],
  GuestAuthentication: ["NamePasswordAuthentication"],
  ComputeResourceConfigSpec: ["ClusterConfigSpecEx"],
};

function derived(random: Random, type: string): string {
  const chosen = random.pick(bases[type] ?? [type]);
  return isA(chosen, type) ? chosen : type;
}

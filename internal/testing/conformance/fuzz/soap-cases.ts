import { methodTypes } from "../../../vim25/schema/methods.ts";
import { type MethodRow, parseMethods } from "../../../vim25/schema/parse.ts";
import { isA } from "../../../vim25/schema/schema.ts";
import { escapeXml } from "../../../vim25/xml.ts";
import type { Random } from "./random.ts";
import { element, hostileTexts, reference, type ValueSource } from "./values.ts";

/**
 * Not called: they lock the suite itself out (logins are throttled, and sessions end), or change the one account that
 * everything here uses. Their malformed forms are still sent.
 */
const notCalled = new Set([
  "Login",
  "LoginBySSPI",
  "LoginByToken",
  "LoginExtensionByCertificate",
  "Logout",
  "TerminateSession",
  "ImpersonateUser",
  "CloneSession",
  "RemoveUser",
  "UpdateUser",
  "ChangePassword",
  "SetEntityPermissions",
  "RemoveEntityPermission",
  "ResetEntityPermissions",
  "UpdateOptions",
]);

/** Every method with the type that has it. */
export const methods: readonly { type: string; row: MethodRow }[] = parseMethods(methodTypes)
  .flatMap(([type, rows]) => rows.map((row) => ({ type, row })))
  .filter(({ row }) => !notCalled.has(row.name));

/** Methods that answer when something happens, which may be never. */
export const waits = new Set(["WaitForUpdates", "WaitForUpdatesEx"]);

/** A call of some method, with parameters of the declared types. */
export function call(source: ValueSource): { method: string; xml: string } {
  const { random, refs } = source;
  const { type, row } = random.pick(methods);
  const fitting = refs.filter((ref) => isA(ref.type, type));
  const self =
    fitting.length > 0 && random.isLikely(0.9)
      ? reference({ random, refs: fitting }, "_this")
      : `<_this type="${type}">${escapeXml(random.pick(hostileTexts))}</_this>`;
  let inner = random.isLikely(0.98) ? self : "";
  for (const param of row.params) {
    if (!random.isLikely(param.isOptional ? 0.6 : 0.97)) continue;
    const count = param.isArray ? random.below(4) : 1;
    for (let i = 0; i < count; i++) inner += element(source, param.name, param.type);
  }
  const namespace = random.isLikely(0.95)
    ? "urn:vim25"
    : random.pick(["urn:x", "", "urn:internalvim25"]);
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope' +
    ' xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
    `<${row.name} xmlns="${namespace}">${inner}</${row.name}></soapenv:Body></soapenv:Envelope>`;
  return { method: row.name, xml };
}

const nestingMany = 5_000;
const attributeChars = 200_000;

type Mutation = (random: Random, xml: string) => string | Uint8Array;

const at = (random: Random, xml: string) => random.below(xml.length + 1);
const insert = (xml: string, index: number, part: string) =>
  xml.slice(0, index) + part + xml.slice(index);
const afterTag = (random: Random, xml: string, part: string) => {
  const ends = [0, ...[...xml.matchAll(/>/g)].map((m) => m.index + 1)];
  return insert(xml, random.pick(ends), part);
};
const inRoot = (xml: string, part: string) =>
  xml.replace("<soapenv:Envelope", `<soapenv:Envelope ${part}`);

/** What can be wrong with a document. */
const mutations: readonly Mutation[] = [
  (random, xml) => xml.slice(0, at(random, xml)),
  (random, xml) =>
    insert(
      xml,
      at(random, xml),
      random.pick(["<", ">", "&", '"', "\u0000", "]]>", "<!--", "&#0;", "&#x110000;", "&none;"]),
    ),
  (random, xml) => {
    const from = at(random, xml);
    return xml.slice(0, from) + xml.slice(from + random.below(200));
  },
  (random, xml) => {
    const from = at(random, xml);
    return insert(xml, at(random, xml), xml.slice(from, from + random.below(400)));
  },
  (random, xml) => {
    const bytes = new TextEncoder().encode(xml);
    for (let i = 0; i <= random.below(8); i++)
      bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  (random, xml) => {
    const bytes = Buffer.from(xml);
    const bad = Buffer.from(random.pick(["c0af", "fffe", "eda080", "f8888080", "80", "00"]), "hex");
    const index = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, index), bad, bytes.subarray(index)]);
  },
  (_, xml) => Buffer.concat([Buffer.from("fffe", "hex"), Buffer.from(xml, "utf16le")]),
  (random, xml) =>
    afterTag(random, xml, "<a>".repeat(nestingMany) + "</a>".repeat(random.pick([0, nestingMany]))),
  (_, xml) => inRoot(xml, `huge="${"x".repeat(attributeChars)}"`),
  (_, xml) => inRoot(xml, Array.from({ length: 2000 }, (_unused, i) => `a${i}="x"`).join(" ")),
  (_, xml) => inRoot(xml, 'xmlns:soapenv="urn:other"'),
  (random, xml) =>
    xml.replaceAll(
      random.pick(["soapenv", "Body", "urn:vim25", "_this", "xsi:type"]),
      random.pick(["x", "y:z", "", "Body"]),
    ),
  (_, xml) =>
    xml
      .replace(
        "<soapenv:Envelope",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><soapenv:Envelope',
      )
      .replace("</_this>", "&b;</_this>"),
  (_, xml) =>
    xml
      .replace(
        "<soapenv:Envelope",
        `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${"bcdefghi"
          .split("")
          .map((c, i) => `<!ENTITY ${c} "${`&${"abcdefgh"[i]};`.repeat(10)}">`)
          .join("")}]><soapenv:Envelope`,
      )
      .replace("</_this>", "&i;</_this>"),
  (random, xml) => afterTag(random, xml, `<![CDATA[${random.pick(hostileTexts)}]]>`),
  (random, xml) => afterTag(random, xml, "<?php x ?>"),
  (random, xml) => xml.replace(/>([^<]*)</, `>${escapeXml(random.pick(hostileTexts))}<`),
  (random, xml) =>
    xml.replace(
      "<soapenv:Body>",
      `<soapenv:Body>${random.pick(["<x/>", "text", "<Login/>", "<soapenv:Body>"])}`,
    ),
  (_, xml) => `\ufeff${xml}`,
  (_, xml) => xml + xml,
  () => "",
];

/** The document with up to three things wrong. */
export function mutated(random: Random, xml: string): string | Uint8Array {
  let document: string | Uint8Array = xml;
  for (let i = 0; i <= random.below(3) && typeof document === "string"; i++) {
    document = random.pick(mutations)(random, document);
  }
  return document;
}

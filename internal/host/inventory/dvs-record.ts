import { randomUUID } from "node:crypto";
import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";

/** The switch and the port groups that a vCenter has from the start. */
const firstSwitch = { id: "dvs-20", name: "DVS0" };
const firstGroup = { id: "dvportgroup-21", name: "DC0_DVPG0" };
/** A segment of its own, as a VCH wants for its bridge. */
const bridgeGroup = { id: "dvportgroup-23", name: "bridge", vlanId: 1 };
const uplinkGroup = { id: "dvportgroup-22", name: "DVS0-DVUplinks-20" };
const portsDefault = 128;
const portsMax = 60_000;
const vlanMax = 4094;

/** A distributed switch. */
export interface DvsRecord {
  id: string;
  /** Written as vSphere writes it: `50 0e …-…`. */
  uuid: string;
  name: string;
  description: string;
  created: string;
  version: number;
  /** Whether the host is a member; only then can VMs be on it. */
  hasHost: boolean;
}

/** A distributed port group. Its id is also its key. */
export interface DvGroupRecord {
  id: string;
  name: string;
  /** Id of the switch. */
  dvs: string;
  type: string;
  numPorts: number;
  description: string;
  vlanId: number;
  version: number;
  isUplink: boolean;
}

/** The part of a DVPortgroupConfigSpec that is honoured. */
export interface DvGroupSpec {
  configVersion?: string;
  name?: string;
  numPorts?: number;
  type?: string;
  description?: string;
  defaultPortConfig?: { vlan?: { _type?: string; vlanId?: number } };
}

/** The part of a DVSConfigSpec that is honoured. */
export interface DvsSpec {
  configVersion?: string;
  name?: string;
  description?: string;
  host?: { operation: string; host: MoRef }[];
}

const types = ["earlyBinding", "ephemeral", "lateBinding"];

/** The first switch is the one with a way out, as `vSwitch0` is; a VLAN of it is a segment of its own. */
export const isNat = (group: DvGroupRecord): boolean =>
  group.dvs === firstSwitch.id && group.vlanId === 0;

/** A port group as it is before its spec is looked at. */
export function emptyGroup(id: string, name: string, dvs: string): DvGroupRecord {
  return {
    id,
    name,
    dvs,
    type: "earlyBinding",
    numPorts: portsDefault,
    description: "",
    vlanId: 0,
    version: 1,
    isUplink: false,
  };
}

/** The port group with what a spec says. */
export function merged(before: DvGroupRecord, spec: DvGroupSpec): DvGroupRecord {
  const { vlan } = spec.defaultPortConfig ?? {};
  if (vlan && vlan._type !== "VmwareDistributedVirtualSwitchVlanIdSpec") {
    throw fault(
      "NotSupported",
      "a port group has one VLAN: trunks and private VLANs are not there",
    );
  }
  const vlanId = vlan?.vlanId ?? before.vlanId;
  if (!(vlanId >= 0 && vlanId <= vlanMax)) {
    throw invalidArgument("defaultPortConfig", `VLAN ${vlanId} is not between 0 and ${vlanMax}`);
  }
  const numPorts = spec.numPorts ?? before.numPorts;
  if (!(numPorts >= 0 && numPorts <= portsMax)) {
    throw invalidArgument("numPorts", `a port group has 0 to ${portsMax} ports`);
  }
  const type = spec.type ?? before.type;
  if (!types.includes(type)) throw invalidArgument("type", `there is no type "${type}"`);
  return { ...before, type, numPorts, vlanId, description: spec.description ?? before.description };
}

/** A switch as it is before its spec is looked at. */
export function emptySwitch(id: string, name: string): DvsRecord {
  return {
    id,
    uuid: switchUuid(),
    name,
    description: "",
    created: new Date().toISOString(),
    version: 1,
    hasHost: false,
  };
}

/** What a vCenter has from the start. */
export function firstRecords(): { record: DvsRecord; groups: DvGroupRecord[] } {
  const { id, name } = firstSwitch;
  const group = ({ id: key, name: label }: { id: string; name: string }) =>
    emptyGroup(key, label, id);
  return {
    record: { ...emptySwitch(id, name), hasHost: true },
    groups: [
      group(firstGroup),
      { ...group(bridgeGroup), vlanId: bridgeGroup.vlanId },
      { ...group(uplinkGroup), numPorts: 1, isUplink: true },
    ],
  };
}

/** A UUID in the form that vSphere gives switches: two groups of eight bytes. */
function switchUuid(): string {
  const bytes = randomUUID().replaceAll("-", "").match(/../g) ?? [];
  return `${bytes.slice(0, 8).join(" ")}-${bytes.slice(8).join(" ")}`;
}

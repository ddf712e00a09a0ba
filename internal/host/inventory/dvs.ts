import { randomUUID } from "node:crypto";
import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import { groupProperties, switchProperties, targetsOf } from "./dvs-views.ts";
import { nameMax, unescapeName } from "./entity.ts";
import { type Inventory, notFound } from "./inventory.ts";
import type { Networks, Segment } from "./networks.ts";
import { groupRef, type Refs, switchRef } from "./refs.ts";
import type { Store } from "./store.ts";

/** The switch and the port groups that a vCenter has from the start. */
const firstSwitch = { id: "dvs-20", name: "DVS0" };
const firstGroup = { id: "dvportgroup-21", name: "DC0_DVPG0" };
/** A segment of its own, as a VCH wants for its bridge. */
const bridgeGroup = { id: "dvportgroup-23", name: "bridge", vlanId: 1 };
const uplinkGroup = { id: "dvportgroup-22", name: "DVS0-DVUplinks-20" };
const switchesMax = 128;
const groupsMax = 4096;
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

/** Distributed switches and their port groups; only a vCenter has any. */
export class Dvs {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #refs: Refs;
  readonly #networks: Networks;
  readonly #applyAll: () => Promise<void>;
  readonly #vmsOn: (segment: string) => MoRef[];
  readonly #switches = new Map<string, DvsRecord>();
  readonly #groups = new Map<string, DvGroupRecord>();

  constructor(parts: {
    inventory: Inventory;
    store: Store;
    networks: Networks;
    /** Whether to make the first switch when there is none. */
    isVCenter: boolean;
    /** Tells the hypervisor which segments there are, these and others. */
    apply: () => Promise<void>;
    vmsOn: (segment: string) => MoRef[];
  }) {
    this.#inventory = parts.inventory;
    this.#store = parts.store;
    this.#refs = parts.inventory.refs;
    this.#networks = parts.networks;
    this.#applyAll = parts.apply;
    this.#vmsOn = parts.vmsOn;
    for (const { value } of this.#store.all<DvsRecord>("dvs")) this.#showSwitch(value);
    for (const { value } of this.#store.all<DvGroupRecord>("dv-port-group")) this.#showGroup(value);
    if (parts.isVCenter && this.#switches.size === 0) this.#makeFirst();
  }

  get refs(): MoRef[] {
    return [...this.switchRefs, ...this.groupRefs];
  }
  get switchRefs(): MoRef[] {
    return [...this.#switches.keys()].map(switchRef);
  }
  get groupRefs(): MoRef[] {
    return [...this.#groups.keys()].map(groupRef);
  }
  /** Switches, each with its port groups. */
  get all(): { record: DvsRecord; groups: DvGroupRecord[] }[] {
    return [...this.#switches.values()].map((record) => ({ record, groups: this.#on(record.id) }));
  }
  /** Switches and port groups as a ConfigTarget names them. */
  get targets(): { switch: object[]; portgroup: object[] } {
    return targetsOf(this.all.filter(({ record }) => record.hasHost));
  }
  /** What the hypervisor has to know of the port groups: by key, whatever they are called. */
  get segments(): Segment[] {
    const groups = [...this.#groups.values()].filter((group) => !group.isUplink);
    return groups.map((group) => ({ name: group.id, isNat: isNat(group) }));
  }

  /** The port group with a key. */
  group(key: string): DvGroupRecord | undefined {
    return this.#groups.get(key);
  }
  switch(id: string): DvsRecord | undefined {
    return this.#switches.get(id);
  }
  getGroup(ref: MoRef): DvGroupRecord {
    const group = this.#groups.get(ref.value);
    if (!group || ref.type !== groupRef("").type) throw notFound(ref);
    return group;
  }
  getSwitch(ref: MoRef): DvsRecord {
    const record = this.#switches.get(ref.value);
    if (!record || ref.type !== switchRef("").type) throw notFound(ref);
    return record;
  }

  create(spec: DvsSpec): MoRef {
    const name = this.#checkName(spec.name);
    if (this.#switches.size >= switchesMax) throw fault("LimitExceeded", "too many switches");
    const record: DvsRecord = {
      id: `dvs-${100 + this.#store.nextNumber("dvs")}`,
      uuid: switchUuid(),
      name,
      description: spec.description ?? "",
      created: new Date().toISOString(),
      version: 1,
      hasHost: this.#withHost(false, spec),
    };
    this.#putSwitch(record);
    this.#showSwitch(record);
    this.#changed();
    return switchRef(record.id);
  }

  reconfigure(ref: MoRef, spec: DvsSpec): void {
    const before = this.getSwitch(ref);
    checkVersion(spec.configVersion, before);
    const isNewName = spec.name !== undefined && unescapeName(spec.name) !== before.name;
    const hasHost = this.#withHost(before.hasHost, spec);
    if (!hasHost && before.hasHost) this.#assertUnused(before);
    this.#putSwitch({
      ...before,
      name: isNewName ? this.#checkName(spec.name) : before.name,
      description: spec.description ?? before.description,
      hasHost,
      version: before.version + 1,
    });
    this.#inventory.changed(ref, ...this.#on(before.id).map(({ id }) => groupRef(id)));
  }

  async destroy(ref: MoRef): Promise<void> {
    const record = this.getSwitch(ref);
    this.#assertUnused(record);
    const groups = this.#on(record.id);
    this.#store.transaction(() => {
      for (const { id } of groups) this.#store.delete("dv-port-group", id);
      this.#store.delete("dvs", record.id);
    });
    for (const { id } of groups) {
      this.#groups.delete(id);
      this.#inventory.remove(groupRef(id));
    }
    this.#switches.delete(record.id);
    this.#inventory.remove(ref);
    this.#changed();
    await this.#applyAll();
  }

  /** All of the port groups or none. */
  async addGroups(ref: MoRef, specs: DvGroupSpec[]): Promise<MoRef[]> {
    const record = this.getSwitch(ref);
    if (this.#groups.size + specs.length > groupsMax) {
      throw fault("LimitExceeded", `there are at most ${groupsMax} port groups`);
    }
    const names = specs.map((spec) => this.#checkName(spec.name));
    if (new Set(names).size < names.length) throw invalidArgument("spec", "two have one name");
    const made = specs.map((spec, index) => {
      const id = `dvportgroup-${100 + this.#store.nextNumber("dv-port-group")}`;
      return merged(emptyGroup(id, names[index] ?? "", record.id), spec);
    });
    this.#store.transaction(() => {
      for (const group of made) this.#store.put("dv-port-group", group.id, group);
    });
    for (const group of made) this.#showGroup(group);
    this.#changed(ref);
    await this.#applyAll();
    return made.map(({ id }) => groupRef(id));
  }

  async reconfigureGroup(ref: MoRef, spec: DvGroupSpec): Promise<void> {
    const before = this.getGroup(ref);
    checkVersion(spec.configVersion, before);
    if (before.isUplink) throw fault("NotSupported", "the group of uplinks stays as it is");
    const isNewName = spec.name !== undefined && unescapeName(spec.name) !== before.name;
    const name = isNewName ? this.#checkName(spec.name) : before.name;
    const next = { ...merged(before, spec), name, version: before.version + 1 };
    this.#store.put("dv-port-group", next.id, next);
    this.#groups.set(next.id, next);
    this.#inventory.changed(ref, switchRef(next.dvs), ...this.#vmsOn(next.id));
    await this.#applyAll();
  }

  async destroyGroup(ref: MoRef): Promise<void> {
    const group = this.getGroup(ref);
    if (group.isUplink || this.#vmsOn(group.id).length > 0) throw inUse(group.name);
    this.#store.delete("dv-port-group", group.id);
    this.#groups.delete(group.id);
    this.#inventory.remove(ref);
    this.#changed(switchRef(group.dvs));
    await this.#applyAll();
  }

  #on(dvs: string): DvGroupRecord[] {
    return [...this.#groups.values()].filter((group) => group.dvs === dvs);
  }

  #assertUnused(record: DvsRecord): void {
    const used = this.#on(record.id).find((group) => this.#vmsOn(group.id).length > 0);
    if (used) throw inUse(used.name);
  }

  #withHost(before: boolean, { host: changes = [] }: DvsSpec): boolean {
    let hasHost = before;
    for (const { operation, host } of changes) {
      if (host.value !== this.#refs.host.value) throw notFound(host);
      if (operation !== "edit") hasHost = operation === "add";
    }
    return hasHost;
  }

  #checkName(rawName: string | undefined): string {
    const name = unescapeName(rawName ?? "");
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (name === "" || name.length > nameMax || /[\x00-\x1f]/.test(name)) {
      throw fault("InvalidName", `"${name}" is not a name of 1 to ${nameMax} characters`, { name });
    }
    const group = [...this.#groups.values()].find((g) => g.name === name);
    const dvs = [...this.#switches.values()].find((s) => s.name === name);
    const object = group
      ? groupRef(group.id)
      : dvs
        ? switchRef(dvs.id)
        : this.#networks.refOf(name);
    if (object) throw fault("DuplicateName", `the name "${name}" is taken`, { name, object });
    return name;
  }

  #makeFirst(): void {
    const record = {
      ...firstSwitch,
      uuid: switchUuid(),
      description: "",
      created: new Date().toISOString(),
      version: 1,
      hasHost: true,
    };
    const groups = [
      emptyGroup(firstGroup.id, firstGroup.name, record.id),
      { ...emptyGroup(bridgeGroup.id, bridgeGroup.name, record.id), vlanId: bridgeGroup.vlanId },
      { ...emptyGroup(uplinkGroup.id, uplinkGroup.name, record.id), numPorts: 1, isUplink: true },
    ];
    this.#store.transaction(() => {
      this.#putSwitch(record);
      for (const group of groups) this.#store.put("dv-port-group", group.id, group);
    });
    this.#showSwitch(record);
    for (const group of groups) this.#showGroup(group);
  }

  #putSwitch(record: DvsRecord): void {
    this.#store.put("dvs", record.id, record);
    this.#switches.set(record.id, record);
  }

  #showSwitch(record: DvsRecord): void {
    const ref = switchRef(record.id);
    this.#switches.set(record.id, record);
    const state = () => ({
      record: this.#switches.get(record.id) ?? record,
      groups: this.#on(record.id),
      vms: this.#on(record.id).flatMap((group) => this.#vmsOn(group.id)),
    });
    this.#inventory.add({ ref, properties: switchProperties(this.#refs, state) });
  }

  #showGroup(record: DvGroupRecord): void {
    const ref = groupRef(record.id);
    this.#groups.set(record.id, record);
    const state = () => ({
      record: this.#groups.get(record.id) ?? record,
      hasHost: this.#switches.get(record.dvs)?.hasHost ?? false,
      vms: this.#vmsOn(record.id),
    });
    this.#inventory.add({ ref, properties: groupProperties(this.#refs, state) });
  }

  #changed(...more: MoRef[]): void {
    const { networkFolder, host, computeResource, datacenter } = this.#refs;
    this.#inventory.changed(networkFolder, host, computeResource, datacenter, ...more);
  }
}

/** The first switch is the one with a way out, as `vSwitch0` is; a VLAN of it is a segment of its own. */
const isNat = (group: DvGroupRecord): boolean => group.dvs === firstSwitch.id && group.vlanId === 0;

const inUse = (name: string) =>
  fault("ResourceInUse", `the port group ${name} is in use`, { type: "PortGroup", name });

function checkVersion(
  wanted: string | undefined,
  { version, name }: { version: number; name: string },
) {
  if (wanted === undefined || wanted === "" || wanted === String(version)) return;
  throw fault("ConcurrentAccess", `${name} was changed meanwhile: read it again`);
}

function emptyGroup(id: string, name: string, dvs: string): DvGroupRecord {
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

function merged(before: DvGroupRecord, spec: DvGroupSpec): DvGroupRecord {
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

/** A UUID in the form that vSphere gives switches: two groups of eight bytes. */
function switchUuid(): string {
  const bytes = randomUUID().replaceAll("-", "").match(/../g) ?? [];
  return `${bytes.slice(0, 8).join(" ")}-${bytes.slice(8).join(" ")}`;
}

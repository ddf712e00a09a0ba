import type { MoRef } from "../../vim25/types.ts";
import type { NewEvent } from "../events/event-log.ts";
import { fault, invalidArgument } from "../fault.ts";
import {
  type DvGroupRecord,
  type DvGroupSpec,
  type DvsRecord,
  type DvsSpec,
  emptyGroup,
  emptySwitch,
  firstRecords,
  isNat,
  merged,
} from "./dvs-record.ts";
import { groupProperties, switchProperties, targetsOf } from "./dvs-views.ts";
import { nameMax, unescapeName } from "./entity.ts";
import { type Inventory, notFound } from "./inventory.ts";
import type { Networks, Segment } from "./networks.ts";
import { groupRef, type Refs, switchRef } from "./refs.ts";
import type { Store } from "./store.ts";

const switchesMax = 128;
const groupsMax = 4096;

/** Distributed switches and their port groups; only a vCenter has any. */
export class Dvs {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #refs: Refs;
  readonly #networks: Networks;
  readonly #applyAll: () => Promise<void>;
  readonly #post: (event: NewEvent) => void;
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
    post: (event: NewEvent) => void;
    vmsOn: (segment: string) => MoRef[];
  }) {
    this.#inventory = parts.inventory;
    this.#store = parts.store;
    this.#refs = parts.inventory.refs;
    this.#networks = parts.networks;
    this.#applyAll = parts.apply;
    this.#post = parts.post;
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
      ...emptySwitch(`dvs-${100 + this.#store.nextNumber("dvs")}`, name),
      description: spec.description ?? "",
      hasHost: this.#withHost(false, spec),
    };
    this.#putSwitch(record);
    this.#showSwitch(record);
    this.#changed();
    const parent = { name: "network", folder: this.#refs.networkFolder };
    this.#postSwitch("DvsCreatedEvent", record, "is there", { parent });
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
    this.#postSwitch("DvsDestroyedEvent", record, "is removed");
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
    for (const group of made) this.#postGroup("DVPortgroupCreatedEvent", group, "is there");
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
    if (isNewName) {
      const names = { oldName: before.name, newName: name };
      this.#postGroup("DVPortgroupRenamedEvent", next, `was called ${before.name}`, names);
    } else {
      const changes = { configSpec: {} };
      this.#postGroup("DVPortgroupReconfiguredEvent", next, "is reconfigured", changes);
    }
    await this.#applyAll();
  }

  async destroyGroup(ref: MoRef): Promise<void> {
    const group = this.getGroup(ref);
    if (group.isUplink || this.#vmsOn(group.id).length > 0) throw inUse(group.name);
    this.#store.delete("dv-port-group", group.id);
    this.#groups.delete(group.id);
    this.#inventory.remove(ref);
    this.#changed(switchRef(group.dvs));
    this.#postGroup("DVPortgroupDestroyedEvent", group, "is removed");
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
    const { record, groups } = firstRecords();
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

  #postSwitch(type: string, { id, name }: DvsRecord, what: string, more: object = {}): void {
    const dvs = { name, dvs: switchRef(id) };
    this.#post({ type, message: `the switch ${name} ${what}`, fields: { dvs, ...more } });
  }
  #postGroup(type: string, { id, name }: DvGroupRecord, what: string, more: object = {}): void {
    const net = { name, network: groupRef(id) };
    this.#post({ type, message: `the port group ${name} ${what}`, fields: { net, ...more } });
  }

  #changed(...more: MoRef[]): void {
    const { networkFolder, host, computeResource, datacenter } = this.#refs;
    this.#inventory.changed(networkFolder, host, computeResource, datacenter, ...more);
  }
}

const inUse = (name: string) =>
  fault("ResourceInUse", `the port group ${name} is in use`, { type: "PortGroup", name });

function checkVersion(
  wanted: string | undefined,
  { version, name }: { version: number; name: string },
) {
  if (wanted === undefined || wanted === "" || wanted === String(version)) return;
  throw fault("ConcurrentAccess", `${name} was changed meanwhile: read it again`);
}

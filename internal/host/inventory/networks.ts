import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import { entityProperties, nameMax } from "./entity.ts";
import type { Inventory } from "./inventory.ts";
import { entityId, type Mode, type Refs } from "./refs.ts";
import type { Store } from "./store.ts";

/** Virtual switch whose port groups without a VLAN lead out through NAT. */
const natSwitch = "vSwitch0";
/** Port group that is always there. */
export const natPortGroup = "VM Network";
const switchesMax = 4096;
const portsDefault = 128;
const vlanMax = 4095;
const portsMax = 4096;

/** Id of the Network of {@link natPortGroup}. */
const firstId: Record<Mode, string> = { esx: `HaNetwork-${natPortGroup}`, vcenter: "network-12" };

/** A domain of the machine's switch: whoever is on it sees each other. */
export interface Segment {
  name: string;
  isNat: boolean;
}

/** A virtual switch. */
export interface SwitchRecord {
  name: string;
  numPorts: number;
  mtu?: number;
}

/** The part of a HostVirtualSwitchSpec that is honoured. */
export interface SwitchSpec {
  numPorts?: number;
  mtu?: number;
  bridge?: object;
}

/** A port group. */
export interface PortGroupRecord {
  /** Id of its Network; from before there was a choice: made from the name. */
  id?: string;
  name: string;
  vlanId: number;
  switchName: string;
}

/** Virtual switches and port groups: what HostNetworkSystem changes, and a Network object for each port group. */
export class Networks {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #mode: Mode;
  readonly #refs: Refs;
  readonly #applyAll: () => Promise<void>;
  readonly #vmsOn: (portGroup: string) => MoRef[];
  readonly #switches = new Map<string, SwitchRecord>();
  readonly #groups = new Map<string, PortGroupRecord>();

  constructor(parts: {
    inventory: Inventory;
    store: Store;
    mode: Mode;
    /** Tells the hypervisor which segments there are, these and others. */
    apply: () => Promise<void>;
    vmsOn: (portGroup: string) => MoRef[];
  }) {
    this.#inventory = parts.inventory;
    this.#store = parts.store;
    this.#mode = parts.mode;
    this.#refs = parts.inventory.refs;
    this.#applyAll = parts.apply;
    this.#vmsOn = parts.vmsOn;
    for (const { value } of parts.store.all<SwitchRecord>("vswitch")) {
      this.#switches.set(value.name, value);
    }
    for (const { value } of parts.store.all<PortGroupRecord>("port-group")) this.#show(value);
    if (!this.#switches.has(natSwitch)) this.#put({ name: natSwitch, numPorts: portsDefault });
    if (!this.#groups.has(natPortGroup)) {
      const record = {
        id: firstId[parts.mode],
        name: natPortGroup,
        vlanId: 0,
        switchName: natSwitch,
      };
      this.#store.put("port-group", natPortGroup, record);
      this.#show(record);
    }
  }

  get switches(): SwitchRecord[] {
    return [...this.#switches.values()];
  }
  get groups(): PortGroupRecord[] {
    return [...this.#groups.values()];
  }
  get refs(): MoRef[] {
    return this.groups.map(refOf);
  }

  group(name: string): PortGroupRecord | undefined {
    return this.#groups.get(name);
  }
  isNat(name: string): boolean {
    const group = this.#groups.get(name);
    return group?.switchName === natSwitch && group.vlanId === 0;
  }
  /** The port group behind a Network reference. */
  byRef(ref: MoRef): PortGroupRecord | undefined {
    return ref.type === "Network"
      ? this.groups.find((g) => refOf(g).value === ref.value)
      : undefined;
  }

  /** The Network of a port group. */
  refOf(name: string): MoRef | undefined {
    const group = this.#groups.get(name);
    return group && refOf(group);
  }
  /** What the hypervisor has to know of the port groups. */
  get segments(): Segment[] {
    return this.groups.map(({ name }) => ({ name, isNat: this.isNat(name) }));
  }

  addSwitch(name: string, spec: SwitchSpec = {}): void {
    checkName("vswitchName", name);
    const record = switchOf({ name, numPorts: portsDefault }, spec);
    if (this.#switches.has(name)) throw exists(name);
    if (this.#switches.size >= switchesMax) throw fault("LimitExceeded", "too many switches");
    this.#put(record);
    this.#changed();
  }

  updateSwitch(name: string, spec: SwitchSpec): void {
    const record = this.#switches.get(name);
    if (!record) throw missing("virtual switch", name);
    this.#put(switchOf(record, spec));
    this.#changed();
  }

  removeSwitch(name: string): void {
    if (!this.#switches.has(name)) throw missing("virtual switch", name);
    const user = this.groups.find((group) => group.switchName === name);
    if (user || name === natSwitch) throw inUse("VirtualSwitch", name);
    this.#store.delete("vswitch", name);
    this.#switches.delete(name);
    this.#changed();
  }

  async addGroup(spec: PortGroupRecord): Promise<void> {
    this.#check(spec);
    const record = { ...spec, id: this.#newId(spec.name) };
    if (this.#groups.has(record.name)) throw exists(record.name);
    if (this.#groups.size >= switchesMax) throw fault("LimitExceeded", "too many port groups");
    this.#groups.set(record.name, record);
    try {
      await this.#applyAll();
    } catch (error) {
      this.#groups.delete(record.name);
      throw error;
    }
    this.#store.put("port-group", record.name, record);
    this.#show(record);
    this.#changed();
  }

  /** Another VLAN, another switch; another name only while no VM is on it, since VMs name it. */
  async updateGroup(name: string, spec: PortGroupRecord): Promise<void> {
    const before = this.#groups.get(name);
    if (!before) throw missing("port group", name);
    this.#check(spec);
    if (spec.name !== name) {
      if (this.#groups.has(spec.name)) throw exists(spec.name);
      if (name === natPortGroup || this.#vmsOn(name).length > 0) throw inUse("PortGroup", name);
    }
    const isSameObject = spec.name === name || this.#mode === "vcenter";
    const record = { ...spec, id: isSameObject ? refOf(before).value : this.#newId(spec.name) };
    this.#groups.delete(name);
    this.#groups.set(record.name, record);
    try {
      await this.#applyAll();
    } catch (error) {
      this.#groups.delete(record.name);
      this.#groups.set(name, before);
      throw error;
    }
    this.#store.transaction(() => {
      this.#store.delete("port-group", name);
      this.#store.put("port-group", record.name, record);
    });
    this.#inventory.remove(refOf(before));
    this.#show(record);
    this.#changed();
  }

  #check({ name, vlanId, switchName }: PortGroupRecord): void {
    checkName("portgrp.name", name);
    if (!(vlanId >= 0 && vlanId <= vlanMax)) {
      throw invalidArgument("portgrp.vlanId", `VLAN ${vlanId} is not between 0 and ${vlanMax}`);
    }
    if (!this.#switches.has(switchName)) throw missing("virtual switch", switchName);
  }

  async removeGroup(name: string): Promise<void> {
    const record = this.#groups.get(name);
    if (!record) throw missing("port group", name);
    if (name === natPortGroup || this.#vmsOn(name).length > 0) throw inUse("PortGroup", name);
    this.#groups.delete(name);
    try {
      await this.#applyAll();
    } catch (error) {
      this.#groups.set(name, record);
      throw error;
    }
    this.#store.delete("port-group", name);
    this.#inventory.remove(refOf(record));
    this.#changed();
  }

  #put(record: SwitchRecord): void {
    this.#store.put("vswitch", record.name, record);
    this.#switches.set(record.name, record);
  }

  #show(record: PortGroupRecord): void {
    const { name } = record;
    const ref = refOf(record);
    this.#groups.set(name, record);
    this.#inventory.add({
      ref,
      properties: {
        ...entityProperties(
          () => name,
          () => this.#refs.networkFolder,
        ),
        summary: () => ({ network: ref, name, accessible: true, ipPoolName: "" }),
        host: () => [this.#refs.host],
        vm: () => this.#vmsOn(name),
      },
    });
  }

  #newId(name: string): string {
    if (this.#mode === "esx") return `HaNetwork-${name}`;
    return entityId(this.#mode, "network", this.#store.nextNumber("network"));
  }

  #changed(): void {
    const { networkFolder, networkSystem, host, computeResource, datacenter } = this.#refs;
    this.#inventory.changed(networkFolder, networkSystem, host, computeResource, datacenter);
  }
}

function refOf({ id, name }: PortGroupRecord): MoRef {
  return { type: "Network", value: id ?? `HaNetwork-${name}` };
}

function switchOf(record: SwitchRecord, { numPorts, mtu, bridge }: SwitchSpec): SwitchRecord {
  if (bridge) throw fault("NotFound", "this host has no physical NIC to bridge to");
  const next = { ...record, ...(numPorts ? { numPorts } : {}), ...(mtu ? { mtu } : {}) };
  if (!(next.numPorts > 0 && next.numPorts <= portsMax)) {
    throw invalidArgument("spec.numPorts", `a switch has 1 to ${portsMax} ports`);
  }
  if (next.mtu !== undefined && next.mtu !== 1500) {
    throw invalidArgument("spec.mtu", "an MTU other than 1500 is not there");
  }
  return next;
}

function checkName(property: string, name: string): void {
  // The keys of distributed port groups are taken: VMs are on segments by either.
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  const isFree = !/[\x00-\x1f]|^dvportgroup-\d+$/.test(name);
  if (name !== "" && name.length <= nameMax && isFree) return;
  throw invalidArgument(property, `"${name}" is not a name of 1 to ${nameMax} characters`);
}

const exists = (name: string) => fault("AlreadyExists", `${name} is there already`, { name });
const missing = (kind: string, name: string) => fault("NotFound", `there is no ${kind} "${name}"`);
const inUse = (type: string, name: string) =>
  fault("ResourceInUse", `${type} "${name}" is in use`, { type, name });

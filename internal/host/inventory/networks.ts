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

  addSwitch(name: string, numPorts = portsDefault): void {
    checkName("vswitchName", name);
    if (this.#switches.has(name)) throw exists(name);
    if (this.#switches.size >= switchesMax) throw fault("LimitExceeded", "too many switches");
    this.#put({ name, numPorts });
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
    const record = { ...spec, id: this.#newId(spec.name) };
    checkName("portgrp.name", record.name);
    if (!(record.vlanId >= 0 && record.vlanId <= vlanMax)) {
      throw invalidArgument("portgrp.vlanId", `VLAN ${record.vlanId} is not between 0 and 4095`);
    }
    if (!this.#switches.has(record.switchName)) throw missing("virtual switch", record.switchName);
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

function checkName(property: string, name: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (name !== "" && name.length <= nameMax && !/[\x00-\x1f]/.test(name)) return;
  throw invalidArgument(property, `"${name}" is not a name of 1 to ${nameMax} characters`);
}

const exists = (name: string) => fault("AlreadyExists", `${name} is there already`, { name });
const missing = (kind: string, name: string) => fault("NotFound", `there is no ${kind} "${name}"`);
const inUse = (type: string, name: string) =>
  fault("ResourceInUse", `${type} "${name}" is in use`, { type, name });

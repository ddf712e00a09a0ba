import type { MoRef } from "../../vim25/types.ts";
import { fault, invalidArgument } from "../fault.ts";
import type { Hypervisor } from "../vm/machine.ts";
import { entityProperties, nameMax } from "./entity.ts";
import type { Inventory } from "./inventory.ts";
import { networkRef, refs } from "./refs.ts";
import type { Store } from "./store.ts";

/** Virtual switch whose port groups without a VLAN lead out through NAT. */
const natSwitch = "vSwitch0";
/** Port group that is always there. */
export const natPortGroup = "VM Network";
const switchesMax = 4096;
const portsDefault = 128;
const vlanMax = 4095;

/** A virtual switch. */
export interface SwitchRecord {
  name: string;
  numPorts: number;
}

/** A port group. */
export interface PortGroupRecord {
  name: string;
  vlanId: number;
  switchName: string;
}

/** Virtual switches and port groups: what HostNetworkSystem changes, and a Network object for each port group. */
export class Networks {
  readonly #inventory: Inventory;
  readonly #store: Store;
  readonly #hypervisor: Hypervisor;
  readonly #vmsOn: (portGroup: string) => MoRef[];
  readonly #switches = new Map<string, SwitchRecord>();
  readonly #groups = new Map<string, PortGroupRecord>();

  constructor(parts: {
    inventory: Inventory;
    store: Store;
    hypervisor: Hypervisor;
    vmsOn: (portGroup: string) => MoRef[];
  }) {
    this.#inventory = parts.inventory;
    this.#store = parts.store;
    this.#hypervisor = parts.hypervisor;
    this.#vmsOn = parts.vmsOn;
    for (const { value } of parts.store.all<SwitchRecord>("vswitch")) {
      this.#switches.set(value.name, value);
    }
    for (const { value } of parts.store.all<PortGroupRecord>("port-group")) this.#show(value);
    if (!this.#switches.has(natSwitch)) this.#put({ name: natSwitch, numPorts: portsDefault });
    if (!this.#groups.has(natPortGroup)) {
      const record = { name: natPortGroup, vlanId: 0, switchName: natSwitch };
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
    return this.groups.map((group) => networkRef(group.name));
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
    return this.groups.find((group) => networkRef(group.name).value === ref.value);
  }

  /** Tells the hypervisor which port groups there are. */
  async apply(): Promise<void> {
    const groups = this.groups.map(({ name }) => ({ name, isNat: this.isNat(name) }));
    await this.#hypervisor.setPortGroups(groups);
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

  async addGroup(record: PortGroupRecord): Promise<void> {
    checkName("portgrp.name", record.name);
    if (!(record.vlanId >= 0 && record.vlanId <= vlanMax)) {
      throw invalidArgument("portgrp.vlanId", `VLAN ${record.vlanId} is not between 0 and 4095`);
    }
    if (!this.#switches.has(record.switchName)) throw missing("virtual switch", record.switchName);
    if (this.#groups.has(record.name)) throw exists(record.name);
    if (this.#groups.size >= switchesMax) throw fault("LimitExceeded", "too many port groups");
    this.#groups.set(record.name, record);
    try {
      await this.apply();
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
      await this.apply();
    } catch (error) {
      this.#groups.set(name, record);
      throw error;
    }
    this.#store.delete("port-group", name);
    this.#inventory.remove(networkRef(name));
    this.#changed();
  }

  #put(record: SwitchRecord): void {
    this.#store.put("vswitch", record.name, record);
    this.#switches.set(record.name, record);
  }

  #show(record: PortGroupRecord): void {
    const { name } = record;
    const ref = networkRef(name);
    this.#groups.set(name, record);
    this.#inventory.add({
      ref,
      properties: {
        ...entityProperties(
          () => name,
          () => refs.networkFolder,
        ),
        summary: () => ({ network: ref, name, accessible: true, ipPoolName: "" }),
        host: () => [refs.host],
        vm: () => this.#vmsOn(name),
      },
    });
  }

  #changed(): void {
    const { networkFolder, networkSystem, host, computeResource, datacenter } = refs;
    this.#inventory.changed(networkFolder, networkSystem, host, computeResource, datacenter);
  }
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

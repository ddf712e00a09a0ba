import type { Forward, Forwards } from "../network/forwards.ts";
import type { Switch, SwitchPort } from "../network/switch.ts";
import type { GuestNic, MachineNic, MachineSpec, NicUsage } from "../vm/machine.ts";
import type { RunDir } from "./run-dir.ts";
import type { GuestPort } from "./tools-message.ts";

/** What the NICs of a machine need of their surroundings. */
export interface NicContext {
  spec: MachineSpec;
  run: RunDir;
  network: Switch;
  forwards: Forwards;
  outsideAddress: (portGroup: string, guestAddress: string) => string | undefined;
  segmentOf: (portGroup: string) => string;
}

/** The NICs of a machine on the switch, and the ports of the guest that are made reachable from this machine. */
export class Nics {
  readonly #context: NicContext;
  readonly #plugged = new Map<number, { nic: MachineNic; port: SwitchPort }>();
  #addresses: GuestNic[] = [];
  #ports: GuestPort[] = [];

  constructor(context: NicContext) {
    this.#context = context;
  }

  /** Connects a NIC that QEMU has to the switch. */
  plug(nic: MachineNic): void {
    const { network, run, segmentOf } = this.#context;
    const port = network.attach({
      path: run.nic(nic.key),
      mac: nic.mac,
      portGroup: segmentOf(nic.portGroup),
      isConnected: nic.isConnected,
    });
    this.#plugged.set(nic.key, { nic, port });
    this.#update();
  }

  unplug(key: number): void {
    this.#plugged.get(key)?.port.close();
    this.#plugged.delete(key);
    this.#update();
  }

  /** The NIC is on another port group, or its cable was plugged or pulled. */
  move(nic: MachineNic): void {
    const plugged = this.#plugged.get(nic.key);
    if (!plugged) return;
    plugged.nic = nic;
    plugged.port.move(this.#context.segmentOf(nic.portGroup), nic.isConnected);
    this.#update();
  }

  setAddresses(addresses: GuestNic[]): void {
    this.#addresses = addresses;
    this.#update();
  }

  setPorts(ports: GuestPort[]): void {
    this.#ports = ports;
    this.#update();
  }

  /** What went through each NIC. */
  usage(): NicUsage[] {
    return [...this.#plugged].map(([key, { port }]) => ({ key, ...port.usage }));
  }

  close(): void {
    for (const { port } of this.#plugged.values()) port.close();
    this.#plugged.clear();
    this.#update();
  }

  #update(): void {
    const forwards: Forward[] = [];
    for (const { nic } of this.#plugged.values()) {
      if (!nic.isConnected) continue;
      for (const inside of this.#addressesOf(nic)) {
        const outside = this.#context.outsideAddress(nic.portGroup, inside);
        if (outside === undefined) continue;
        for (const { protocol, port } of this.#ports) {
          forwards.push({ protocol, outside, inside, port });
        }
      }
    }
    this.#context.forwards.set(this.#context.spec.id, forwards);
  }

  #addressesOf(nic: MachineNic): string[] {
    const own = this.#addresses.filter(({ mac }) => mac === nic.mac.toLowerCase());
    return own.flatMap(({ addresses }) => addresses.map((cidr) => cidr.split("/")[0]!));
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { Client } from "../../vim25/client.ts";
import type { Mode } from "../inventory/refs.ts";
import { type Running, serve } from "../serve.ts";
import type { DatastoreSpec } from "../storage/datastores.ts";
import type {
  DiskStore,
  GuestCall,
  Hypervisor,
  Machine,
  MachineDevice,
  MachineEvents,
  MachineRestore,
  MachineSpec,
  MachineStats,
} from "../vm/machine.ts";

/** A machine that only remembers what it was told. */
export class FakeMachine implements Machine {
  readonly pid = 4242;
  readonly spec: MachineSpec;
  readonly devices = new Map<number, MachineDevice>();
  readonly guestInfo = new Map<string, string>();
  /** What was done, in order. */
  readonly done: string[] = [];
  /** Operations that fail, for example "add 2001". */
  readonly failures = new Set<string>();
  isPaused = false;
  isFrozen = false;
  events: MachineEvents;

  constructor(spec: MachineSpec, events: MachineEvents) {
    this.spec = spec;
    this.events = events;
    for (const device of spec.devices) this.devices.set(device.key, device);
    for (const [key, value] of Object.entries(spec.guestInfo)) this.guestInfo.set(key, value);
  }

  async powerOff(): Promise<void> {
    this.events.exited("host", "");
  }
  async reset(): Promise<void> {
    await this.#do("reset");
  }
  async shutdownGuest(): Promise<void> {
    await this.#do("shutdown");
    setImmediate(() => this.events.exited("guest", ""));
  }
  async rebootGuest(): Promise<void> {
    await this.#do("reboot");
  }
  async addDevice(device: MachineDevice): Promise<void> {
    await this.#do(`add ${device.key}`);
    this.devices.set(device.key, device);
  }
  async removeDevice(key: number): Promise<void> {
    await this.#do(`remove ${key}`);
    this.devices.delete(key);
  }
  async editDevice(device: MachineDevice): Promise<void> {
    await this.#do(`edit ${device.key}`);
    this.devices.set(device.key, device);
  }
  async setGuestInfo(key: string, value: string | undefined): Promise<void> {
    await this.#do(`set ${key}`);
    if (value === undefined) this.guestInfo.delete(key);
    else this.guestInfo.set(key, value);
  }
  async pause(): Promise<void> {
    await this.#do("pause");
    this.isPaused = true;
  }
  async resume(): Promise<void> {
    await this.#do("resume");
    this.isPaused = false;
  }
  async saveState(path: string, progress: (percent: number) => void = () => {}): Promise<void> {
    await this.#do("save");
    progress(50);
    await Bun.write(path, "a state");
  }
  /** What its guest does to be frozen. */
  freeze(request: number): void {
    this.events.frozen?.(request);
    this.isFrozen = true;
  }
  async frozenState(): Promise<MachineRestore> {
    if (!this.isFrozen) throw new VicError("conflict", "not frozen");
    return { statePath: "/frozen", memoryPath: "/memory" };
  }
  async snapshotDisks(children: { key: number; path: string }[]): Promise<void> {
    await this.#do(`snapshot ${children.map((c) => c.key).join(" ")}`);
    for (const { key, path } of children) {
      const disk = this.devices.get(key);
      if (disk?.kind === "disk") this.devices.set(key, { ...disk, path });
    }
  }
  async diskPaths(): Promise<Map<number, string>> {
    const disks = [...this.devices.values()].filter((d) => d.kind === "disk");
    return new Map(disks.map(({ key, path }) => [key, path]));
  }
  async mergeDisk(
    key: number,
    { child, parent }: { child: string; parent: string },
    beforeSwitch: () => void,
  ): Promise<void> {
    await this.#do(`merge ${basename(child)} to ${basename(parent)}`);
    const disk = this.devices.get(key);
    if (disk?.kind !== "disk" || disk.path !== child) return;
    beforeSwitch();
    this.devices.set(key, { ...disk, path: parent });
  }
  async resizeDisk(key: number, capacityBytes: number): Promise<void> {
    await this.#do(`resize ${key} ${capacityBytes}`);
  }
  /** The guest of a test, when it has one. */
  guest: ((call: GuestCall) => Promise<unknown>) | undefined;
  async callGuest(call: GuestCall): Promise<unknown> {
    if (!this.guest) throw new VicError("unavailable", "there is no guest in this test");
    return this.guest(call);
  }
  async stats(): Promise<MachineStats> {
    const bytes = 64 * 1024 * 1024;
    const memory = { grantedBytes: bytes, consumedBytes: bytes, overheadBytes: 0 };
    return { cpuSeconds: 1, memory: { residentBytes: bytes, ...memory }, disks: [], nics: [] };
  }
  async release(): Promise<void> {
    await this.#do("release");
  }

  async #do(what: string): Promise<void> {
    if (this.failures.has(what)) throw new VicError("conflict", `${what} fails in this test`);
    this.done.push(what);
  }
}

/** Keeps machines in memory; they survive the vic-host that started them. */
export class FakeHypervisor implements Hypervisor {
  accelerator: Hypervisor["accelerator"] = { name: "tcg", reason: "a fake" };
  readonly machines = new Map<string, FakeMachine>();
  portGroups: { name: string; isNat: boolean }[] = [];
  startFailure: string | undefined;

  async start(spec: MachineSpec, events: MachineEvents): Promise<Machine> {
    if (this.startFailure !== undefined) throw new VicError("internal", this.startFailure);
    const machine = new FakeMachine(spec, {
      ...events,
      exited: (reason, detail) => {
        this.machines.delete(spec.id);
        machine.outer.exited(reason, detail);
      },
    }) as FakeMachine & { outer: MachineEvents };
    machine.outer = events;
    this.machines.set(spec.id, machine);
    return machine;
  }
  async adopt(spec: MachineSpec, events: MachineEvents): Promise<Machine | undefined> {
    const machine = this.machines.get(spec.id) as
      (FakeMachine & { outer: MachineEvents }) | undefined;
    if (machine) {
      machine.outer = events;
      const before = machine.events;
      machine.events = {
        ...events,
        exited: (reason, detail) => before.exited(reason, detail),
      };
    }
    return machine;
  }
  async endOthers(keep: ReadonlySet<string>): Promise<void> {
    for (const id of this.machines.keys()) if (!keep.has(id)) this.machines.delete(id);
  }
  outsideAddress(portGroup: string, guestAddress: string): string | undefined {
    const match = /^10\.0\.2\.(\d+)$/.exec(guestAddress);
    const isNat = this.portGroups.some((group) => group.name === portGroup && group.isNat);
    return match && isNat ? `127.0.2.${match[1]}` : undefined;
  }
  async setPortGroups(groups: { name: string; isNat: boolean }[]): Promise<void> {
    this.portGroups = groups;
  }
  async close(): Promise<void> {
    this.portGroups = [];
  }
}

/** Disks as plain files: bases hold nothing, children begin like qcow2. */
export class FakeDiskStore implements DiskStore {
  /** Merges, in order. */
  readonly done: string[] = [];
  readonly #capacities = new Map<string, number>();
  readonly #parents = new Map<string, string>();

  async create(path: string, capacityBytes: number): Promise<void> {
    await using file = await open(path, "wx");
    await file.truncate(capacityBytes);
    this.#capacities.set(path, capacityBytes);
  }
  async createChild(path: string, parent: string): Promise<void> {
    const { capacityBytes } = await this.info(parent);
    await using file = await open(path, "wx");
    await file.write(Buffer.from("QFI\xfb", "latin1"));
    this.#parents.set(path, parent);
    this.#capacities.set(path, capacityBytes);
  }
  async commit(path: string, parent: string): Promise<void> {
    this.done.push(`commit ${basename(path)} to ${basename(parent)}`);
  }
  async rebase(path: string, parent: string): Promise<void> {
    this.done.push(`rebase ${basename(path)} on ${basename(parent)}`);
    this.#parents.set(path, parent);
  }
  async grow(path: string, capacityBytes: number): Promise<void> {
    this.#capacities.set(path, capacityBytes);
  }
  async flatten(from: string, path: string): Promise<void> {
    const { capacityBytes } = await this.info(from);
    await this.create(path, capacityBytes);
  }
  async copy(from: string, path: string, parent: string): Promise<void> {
    await this.createChild(path, parent);
    this.done.push(`copy ${basename(from)} to ${basename(path)}`);
  }
  async info(path: string) {
    const facts = await stat(path);
    const capacityBytes = this.#capacities.get(path) ?? facts.size;
    return { capacityBytes, parent: this.#parents.get(path), usedBytes: facts.blocks * 512 };
  }
}

/** What a test may choose of its vic-host. */
export interface TestHostOptions {
  capacityBytes?: number;
  datastores?: DatastoreSpec[];
  mode?: Mode;
}

/** A vic-host on fakes, with a logged-in client. */
export class TestHost implements AsyncDisposable {
  readonly dir: string;
  readonly hypervisor: FakeHypervisor;
  readonly password = "a test password";
  /** What the next {@link boot} is told. */
  readonly options: TestHostOptions;
  readonly diskStore = new FakeDiskStore();
  #running: Running | undefined;
  #client: Client | undefined;

  private constructor(options: TestHostOptions) {
    this.options = options;
    this.dir = mkdtempSync(join(tmpdir(), "vic-host-"));
    this.hypervisor = new FakeHypervisor();
  }

  static async start(options: TestHostOptions = {}): Promise<TestHost> {
    const host = new TestHost(options);
    await host.boot();
    return host;
  }

  get running(): Running {
    if (!this.#running) throw new Error("the host is stopped");
    return this.#running;
  }
  get client(): Client {
    if (!this.#client) throw new Error("the host is stopped");
    return this.#client;
  }
  get world() {
    return this.running.world;
  }
  /** The machine of a running VM. */
  machine(id: string): FakeMachine {
    const machine = this.hypervisor.machines.get(id);
    if (!machine) throw new Error(`VM ${id} does not run`);
    return machine;
  }

  async boot(): Promise<void> {
    this.#running = await serve({
      dataDir: this.dir,
      host: "127.0.0.1",
      port: 0,
      user: "root",
      password: this.password,
      capacityBytes: this.options.capacityBytes,
      datastores: this.options.datastores ?? [],
      mode: this.options.mode,
      makeHypervisor: async () => this.hypervisor,
      diskStore: this.diskStore,
    });
    this.#client = await this.connect();
  }

  connect(password = this.password): Promise<Client> {
    const { url, sha256 } = this.running;
    return Client.connect({ url, username: "root", password, thumbprint: sha256 });
  }

  /** A request below /folder with the right password. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`root:${this.password}`).toString("base64")}`;
    return fetch(
      `${this.running.url}/folder/${path}?dcPath=${this.world.names.datacenter}&dsName=datastore1`,
      {
        ...init,
        headers: { authorization, ...(init.headers as Record<string, string>) },
        tls: { rejectUnauthorized: false },
      },
    );
  }

  /** Ends the process's part; the machines stay. */
  async halt(): Promise<void> {
    await this.#client?.close();
    await this.#running?.[Symbol.asyncDispose]();
    this.#client = undefined;
    this.#running = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.halt();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A spec with a SCSI controller, a NIC and a new disk of 1 MiB. */
export function vmSpec(name: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name,
    memoryMB: 64,
    files: { vmPathName: "[datastore1]" },
    deviceChange: [
      {
        operation: "add",
        device: {
          _type: "ParaVirtualSCSIController",
          key: -1,
          busNumber: 0,
          sharedBus: "noSharing",
        },
      },
      diskChange({ fileOperation: "create", capacityInKB: 1024, controllerKey: -1 }),
      {
        operation: "add",
        device: {
          _type: "VirtualVmxnet3",
          key: -3,
          backing: { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" },
        },
      },
    ],
    ...more,
  };
}

/** A change that adds a disk. */
export function diskChange(parts: {
  fileOperation?: string;
  capacityInKB?: number;
  controllerKey: number;
  fileName?: string;
  parent?: string;
}): Record<string, unknown> {
  const { fileOperation, capacityInKB = 0, controllerKey, fileName = "", parent } = parts;
  const backing = (name: string) => ({
    _type: "VirtualDiskFlatVer2BackingInfo",
    fileName: name,
    diskMode: "persistent",
  });
  return {
    operation: "add",
    ...(fileOperation === undefined ? {} : { fileOperation }),
    device: {
      _type: "VirtualDisk",
      key: -2,
      capacityInKB,
      controllerKey,
      unitNumber: -1,
      backing: {
        ...backing(fileName),
        ...(parent === undefined ? {} : { parent: backing(parent) }),
      },
    },
  };
}

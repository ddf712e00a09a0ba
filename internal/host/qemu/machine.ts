import { VicError } from "../../errors/errors.ts";
import type { Forwards } from "../network/forwards.ts";
import type { Switch } from "../network/switch.ts";
import type {
  GuestCall,
  Machine,
  MachineDevice,
  MachineDisk,
  MachineEvents,
  MachineNic,
  MachineRestore,
  MachineSpec,
  MachineStats,
} from "../vm/machine.ts";
import { withdrawDevice } from "./access.ts";
import { toolsDeviceId } from "./arguments.ts";
import { dial } from "./dial.ts";
import { exitReason } from "./exit-reason.ts";
import { Freezer } from "./freeze.ts";
import { Hotplug } from "./hotplug.ts";
import { Nics } from "./nics.ts";
import { mergeChild, putChildren } from "./live-disks.ts";
import { settleMerges } from "./live-merge.ts";
import { liveDisks, resizeLive } from "./live-snapshot.ts";
import { killNow, logTail, waitGone } from "./process.ts";
import type { Qmp, QmpEvent } from "./qmp.ts";
import { removeRunDir, type RunDir } from "./run-dir.ts";
import { saveState } from "./state.ts";
import { Tools } from "./tools.ts";
import { cpuSeconds, diskUse, memoryUse } from "./usage.ts";

/** How long QEMU may take to write its caches back and end, milliseconds. */
const quitTimeoutMs = 10_000;
/** How long it may take to write the caches of all disks back, milliseconds. */
const pauseTimeoutMs = 60_000;
/** How long a process may go on after its monitor is gone, milliseconds. */
const endTimeoutMs = 5_000;

/** What a running QEMU is watched with. */
export interface MachineContext {
  spec: MachineSpec;
  events: MachineEvents;
  run: RunDir;
  qmp: Qmp;
  pid: number;
  network: Switch;
  /** Not run by KVM. */
  isEmulated: boolean;
  forwards: Forwards;
  /** Where port groups with NAT are, and at which address a guest of theirs is reached. */
  outsideAddress: (portGroup: string, guestAddress: string) => string | undefined;
  segmentOf: (portGroup: string) => string;
}

/** One QEMU process. Its devices and values live in QEMU and in the spec; this only watches and steers. */
export class QemuMachine implements Machine {
  readonly pid: number;
  /** Fulfils when the process is gone and its owner has been told. */
  readonly ended: Promise<void>;
  readonly #context: MachineContext;
  readonly #devices = new Map<number, MachineDevice>();
  readonly #hotplug: Hotplug;
  readonly #freezer: Freezer;
  readonly #nics: Nics;
  readonly #tools: Tools;
  #shutdown: QmpEvent["data"] | undefined;
  #isAsked = false;
  #isReleased = false;
  #isEnded = false;
  readonly #opened = Promise.withResolvers<void>();
  /** Changes of devices run one after the other. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(context: MachineContext) {
    const { spec, events, qmp, run, pid } = context;
    this.#context = context;
    this.pid = pid;
    this.#hotplug = new Hotplug(qmp, run);
    this.#freezer = new Freezer(context);
    this.#nics = new Nics(context);
    this.#tools = new Tools(spec, {
      guestInfo: (key, value, stored) => events.guestInfo(key, value, stored),
      guestNics: (nics) => {
        this.#nics.setAddresses(nics);
        events.guestNics(nics);
      },
      guestPorts: (ports) => this.#nics.setPorts(ports),
      toolsRunning: (isRunning) => {
        if (!isRunning) this.#nics.setPorts([]);
        events.toolsRunning(isRunning);
      },
      freeze: (request, refuse) => void this.#freeze(request).catch(refuse),
      operationsReady: (areReady) => events.guestOperations?.(areReady),
    });
    for (const device of spec.devices) this.#devices.set(device.key, device);
    qmp.listen((event) => this.#hear(event));
    // Whatever it did late, its devices are again those it should have.
    qmp.onRecovery = () => void this.#change(() => this.reconcile()).catch(() => undefined);
    this.ended = qmp.closed.then(() => this.#finish());
  }

  /** Connects NICs and tools. */
  async attach(): Promise<void> {
    for (const device of this.#devices.values()) {
      if (device.kind === "nic") this.#nics.plug(device);
    }
    this.#tools.attach(await dial(this.#context.run.tools));
  }

  /** From the next turn of the event loop on, the owner may be told of the end: it has its Machine by then. */
  open(): void {
    setImmediate(() => this.#opened.resolve());
  }

  /** Brings the devices of a QEMU that was taken over in line with the spec, as far as that goes while it runs. */
  async reconcile(): Promise<void> {
    await settleMerges(this.#context.qmp, (key) => this.#findDisk(key).path);
    const plugged = await this.#hotplug.list();
    for (const { kind, key } of plugged) {
      if ((kind === "disk" || kind === "nic") && this.#devices.get(key)?.kind !== kind) {
        await this.#hotplug.remove({ kind, key });
      }
    }
    const keys = new Set(plugged.map(({ key }) => key));
    for (const device of this.#devices.values()) {
      if (keys.has(device.key)) continue;
      if (device.kind === "disk") await this.#hotplug.addDisk(device);
      else if (device.kind === "nic") await this.#hotplug.addNic(device);
    }
    await this.setLinks();
  }

  /** Plugs and pulls the cables as the spec has them; QEMU starts with all of them plugged. */
  async setLinks(): Promise<void> {
    for (const device of this.#devices.values()) {
      if (device.kind === "nic") await this.#hotplug.setLink(device, device.isConnected);
    }
  }

  async powerOff(): Promise<void> {
    if (this.#isEnded) return this.ended;
    this.#isAsked = true;
    const { qmp, run } = this.#context;
    const timeout = AbortSignal.timeout(quitTimeoutMs);
    await qmp.execute("quit", {}, quitTimeoutMs).catch(() => undefined);
    // A QEMU that hangs gets no more time.
    if (!(await waitGone(this.pid, run.pid, timeout))) await killNow(this.pid, run.pid);
    await this.ended;
  }

  async reset(): Promise<void> {
    await this.#context.qmp.execute("system_reset");
    this.#tools.setRunning(false);
  }

  async shutdownGuest(): Promise<void> {
    this.#assertRunning();
    this.#tools.power("shutdown");
  }

  async rebootGuest(): Promise<void> {
    this.#assertRunning();
    this.#tools.power("reboot");
  }

  addDevice(device: MachineDevice): Promise<void> {
    return this.#change(async () => {
      if (this.#devices.has(device.key)) {
        throw new VicError("conflict", `there is a device ${device.key} already`);
      }
      if (device.kind === "disk") {
        await this.#hotplug.addDisk(device);
      } else if (device.kind === "nic") {
        await this.#hotplug.addNic(device);
        this.#nics.plug(device);
      } else {
        throw new VicError("unsupported", `a ${device.kind} cannot be added while the VM runs`);
      }
      this.#devices.set(device.key, device);
    });
  }

  removeDevice(key: number): Promise<void> {
    return this.#change(async () => {
      const device = this.#find(key);
      if (device.kind !== "disk" && device.kind !== "nic") {
        throw new VicError("unsupported", `a ${device.kind} cannot be removed while the VM runs`);
      }
      await this.#hotplug.remove(device);
      withdrawDevice(this.#context.run.identity, device);
      if (device.kind === "nic") this.#nics.unplug(key);
      this.#devices.delete(key);
    });
  }

  editDevice(device: MachineDevice): Promise<void> {
    return this.#change(async () => {
      const former = this.#find(device.key);
      if (device.kind === "nic" && former.kind === "nic") {
        await this.#editNic(former, device);
      } else if (device.kind === "cdrom" && former.kind === "cdrom") {
        if (device.path !== former.path) await this.#hotplug.changeCd(device);
      } else if (device.kind === "serial" && former.kind === "serial") {
        if (device.path !== former.path) await this.#hotplug.changeSerial(device);
      } else if (!Bun.deepEquals(device, former)) {
        throw new VicError(
          "unsupported",
          `device ${device.key} cannot be changed while the VM runs`,
        );
      }
      this.#devices.set(device.key, device);
    });
  }

  async setGuestInfo(key: string, value: string | undefined): Promise<void> {
    this.#assertRunning();
    this.#tools.set(key, value);
  }

  async pause(): Promise<void> {
    this.#assertRunning();
    await this.#context.qmp.execute("stop", {}, pauseTimeoutMs);
  }

  async resume(): Promise<void> {
    this.#assertRunning();
    await this.#context.qmp.execute("cont");
  }

  saveState(path: string, progress?: (percent: number) => void): Promise<void> {
    const { qmp, run } = this.#context;
    return this.#change(() =>
      saveState(
        qmp,
        { path, socketPath: run.state, identity: run.identity },
        progress ? { progress } : {},
      ),
    );
  }

  async frozenState(): Promise<MachineRestore> {
    this.#assertRunning();
    return this.#freezer.state();
  }

  snapshotDisks(children: { key: number; path: string }[]): Promise<void> {
    return this.#change(async () => {
      const { qmp, run } = this.#context;
      const wanted = children.map(({ key, path }) => ({ disk: this.#findDisk(key), path }));
      const disks = await putChildren({ qmp, identity: run.identity }, wanted);
      for (const disk of disks) this.#devices.set(disk.key, disk);
    });
  }

  async diskPaths(): Promise<Map<number, string>> {
    const live = await liveDisks(this.#context.qmp);
    return new Map(live.map(({ key, path }) => [key, path]));
  }

  mergeDisk(
    key: number,
    files: { child: string; parent: string },
    beforeSwitch: () => void,
  ): Promise<void> {
    return this.#change(async () => {
      const { qmp, run } = this.#context;
      const owner = { qmp, identity: run.identity };
      const disk = await mergeChild(owner, this.#findDisk(key), files, beforeSwitch);
      this.#devices.set(key, disk);
    });
  }

  resizeDisk(key: number, capacityBytes: number): Promise<void> {
    return this.#change(() => resizeLive(this.#context.qmp, this.#findDisk(key), capacityBytes));
  }

  async callGuest(call: GuestCall): Promise<unknown> {
    this.#assertRunning();
    return this.#tools.call(call);
  }

  async stats(): Promise<MachineStats> {
    const { spec, qmp, isEmulated } = this.#context;
    const ramBytes = spec.memoryMiB * 1024 * 1024;
    const [seconds, memory, disks] = await Promise.all([
      cpuSeconds(this.pid),
      memoryUse(this.pid, ramBytes, { isEmulated }),
      diskUse(qmp),
    ]);
    return { cpuSeconds: seconds, memory, disks, nics: this.#nics.usage() };
  }

  async release(): Promise<void> {
    if (this.#isEnded) return;
    this.#isReleased = true;
    this.#opened.resolve();
    this.#tools.close();
    this.#nics.close();
    this.#context.qmp.close();
    await this.ended;
  }

  async #editNic(former: MachineNic, nic: MachineNic): Promise<void> {
    if (nic.mac.toLowerCase() !== former.mac.toLowerCase() || nic.model !== former.model) {
      throw new VicError("unsupported", "address and model of a NIC are fixed while the VM runs", {
        hint: "remove the NIC and add another one",
      });
    }
    if (nic.isConnected !== former.isConnected) {
      await this.#hotplug.setLink(nic, nic.isConnected);
    }
    this.#nics.move(nic);
  }

  #findDisk(key: number): MachineDisk {
    const device = this.#find(key);
    if (device.kind === "disk") return device;
    throw new VicError("invalid", `device ${key} is no disk`);
  }

  #find(key: number): MachineDevice {
    const device = this.#devices.get(key);
    if (!device) throw new VicError("not-found", `there is no device ${key}`);
    return device;
  }

  #assertRunning(): void {
    if (this.#isEnded) throw new VicError("conflict", "the virtual machine does not run");
  }

  async #change(work: () => Promise<void>): Promise<void> {
    const change = this.#lastChange.then(() => {
      this.#assertRunning();
      return work();
    });
    this.#lastChange = change.catch(() => undefined);
    await change;
  }

  #freeze(request: number): Promise<void> {
    const { events } = this.#context;
    return this.#change(() => this.#freezer.freeze(() => events.frozen?.(request)));
  }

  #hear({ event, data }: QmpEvent): void {
    if (event === "SHUTDOWN") this.#shutdown = data;
    if (event === "RESET") this.#tools.setRunning(false);
    if (event === "VSERPORT_CHANGE" && data["id"] === toolsDeviceId && data["open"] === false) {
      this.#tools.setRunning(false);
    }
  }

  /** The monitor is gone: so is the process, or it is made to go. */
  async #finish(): Promise<void> {
    if (this.#isReleased) {
      this.#isEnded = true;
      return;
    }
    const { run, events } = this.#context;
    const grace = AbortSignal.timeout(this.#isAsked ? quitTimeoutMs : endTimeoutMs);
    if (!(await waitGone(this.pid, run.pid, grace))) {
      await killNow(this.pid, run.pid);
      await waitGone(this.pid, run.pid, AbortSignal.timeout(endTimeoutMs));
    }
    this.#isEnded = true;
    await this.#opened.promise;
    if (this.#isReleased) return;
    const reason = exitReason(this.#shutdown, this.#isAsked);
    const detail = await logTail(run.log);
    this.#tools.close();
    this.#nics.close();
    for (const device of this.#devices.values()) withdrawDevice(run.identity, device);
    await removeRunDir(run);
    events.exited(reason, detail);
  }
}

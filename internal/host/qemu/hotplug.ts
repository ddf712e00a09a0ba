import { VicError } from "../../errors/errors.ts";
import type {
  MachineCdrom,
  MachineDevice,
  MachineDisk,
  MachineNic,
  MachineSerial,
} from "../vm/machine.ts";
import {
  backendId,
  cdromBackend,
  deviceId,
  diskBackend,
  diskDevice,
  isUnit,
  nicBackend,
  nicDevice,
  nicsMax,
  parseDeviceId,
  rootPortOf,
} from "./devices.ts";
import { allowDevice, withdrawDevice } from "./access.ts";
import { inspectDisk } from "./disk-store.ts";
import { nodesOf } from "./live-snapshot.ts";
import type { Qmp } from "./qmp.ts";
import type { RunDir } from "./run-dir.ts";

/** How long a guest may take to let a device go, milliseconds. */
const unplugTimeoutMs = 10_000;

/** How long a guest may overlook what comes to a root port that it has just switched off, milliseconds. */
const overlookedMs = 3_000;
/** How often a NIC is put there again. */
const insistTimes = 4;
/** How long a guest gets each time to take a NIC in use, milliseconds, and how often that is looked at. */
const seenTimeoutMs = 2_000;
const seenPollMs = 20;

/** Changes the devices of a running QEMU. A step that fails undoes those before it. */
export class Hotplug {
  readonly #qmp: Qmp;
  readonly #run: RunDir;
  /** When NICs left their root ports, milliseconds. */
  readonly #left = new Map<number, number>();

  constructor(qmp: Qmp, run: RunDir) {
    this.#qmp = qmp;
    this.#run = run;
  }

  /** Ids and keys of all devices that are plugged in. */
  async list(): Promise<{ id: string; kind: string; key: number }[]> {
    const children = (await this.#qmp.execute("qom-list", { path: "/machine/peripheral" })) as {
      name: string;
    }[];
    return children.flatMap(({ name }) => {
      const parsed = parseDeviceId(name);
      return parsed ? [{ id: name, ...parsed }] : [];
    });
  }

  async addDisk(disk: MachineDisk): Promise<void> {
    if (!isUnit(disk.unit)) {
      throw new VicError("invalid", `no disk can be on unit ${disk.unit}`);
    }
    const { format } = await inspectDisk(disk.path);
    allowDevice(this.#run.identity, disk);
    await this.#dropBackend(disk);
    try {
      await this.#qmp.execute("blockdev-add", diskBackend(disk, format));
      await this.#qmp.execute("device_add", diskDevice(disk));
    } catch (error) {
      await this.#dropBackend(disk);
      withdrawDevice(this.#run.identity, disk);
      throw error;
    }
  }

  async addNic(nic: MachineNic): Promise<void> {
    const port = rootPortOf(nic.key);
    await this.#assertFree(port);
    await this.#dropBackend(nic);
    await this.#qmp.execute("netdev_add", nicBackend(nic, this.#run.nic(nic.key)));
    try {
      await this.#qmp.execute("device_add", nicDevice(nic, port));
      const left = this.#left.get(port) ?? -Infinity;
      if (performance.now() - left < overlookedMs) await this.#insist(nic, port);
      if (!nic.isConnected) await this.setLink(nic, false);
    } catch (error) {
      await this.#dropBackend(nic);
      throw error;
    }
  }

  /** Plugs or pulls the cable; the guest sees its carrier come or go. */
  async setLink(nic: { kind: "nic"; key: number }, isUp: boolean): Promise<void> {
    await this.#qmp.execute("set_link", { name: deviceId(nic), up: isUp });
  }

  /** Takes a disk or NIC away; `conflict` when the guest does not let go in time. */
  async remove(device: { kind: "disk" | "nic"; key: number }): Promise<void> {
    await this.#takeAway(device);
    if (device.kind === "nic") this.#left.set(rootPortOf(device.key), performance.now());
    await this.#dropBackend(device);
  }

  async #takeAway(device: { kind: "disk" | "nic"; key: number }): Promise<void> {
    const id = deviceId(device);
    const isGone = Promise.withResolvers<void>();
    const refused = () =>
      isGone.reject(new VicError("conflict", `the guest does not let go of ${id}; try again`));
    const stopListening = this.#qmp.listen(({ event, data }) => {
      if (data["device"] !== id) return;
      if (event === "DEVICE_DELETED") isGone.resolve();
      if (event === "DEVICE_UNPLUG_GUEST_ERROR") refused();
    });
    const timer = setTimeout(refused, unplugTimeoutMs);
    try {
      await Promise.all([isGone.promise, this.#unplug(id, isGone)]);
    } finally {
      clearTimeout(timer);
      stopListening();
    }
  }

  /**
   * Linux ignores all that happens at a port for a second after it has switched it off, also a NIC that comes. It is
   * taken away from a port that is off without asking the guest, and its coming again is noticed.
   */
  async #insist(nic: MachineNic, port: number): Promise<void> {
    for (let times = 0; times < insistTimes; times++) {
      if (await this.#isInUse(nic)) return;
      try {
        await this.#takeAway(nic);
      } catch (error) {
        // The guest has it, and only no driver for it.
        if (VicError.from(error).code === "conflict") return;
        throw error;
      }
      await this.#qmp.execute("device_add", nicDevice(nic, port));
    }
  }

  /** Waits until a driver has switched the memory of the NIC on; false when none does. */
  async #isInUse(nic: MachineNic): Promise<boolean> {
    for (const end = performance.now() + seenTimeoutMs; ;) {
      const buses = (await this.#qmp.execute("query-pci")) as { devices: PciDevice[] }[];
      if (buses.some(({ devices }) => hasMemory(devices, deviceId(nic)))) return true;
      if (performance.now() > end) return false;
      await Bun.sleep(seenPollMs);
    }
  }

  /** Puts another image in a CD drive, or none. */
  async changeCd(cdrom: MachineCdrom): Promise<void> {
    const id = deviceId(cdrom);
    await this.#qmp.execute("blockdev-open-tray", { id, force: true });
    await this.#qmp.execute("blockdev-remove-medium", { id });
    await this.#dropBackend(cdrom);
    try {
      if (cdrom.path === undefined) return;
      allowDevice(this.#run.identity, cdrom);
      await this.#qmp.execute("blockdev-add", cdromBackend({ ...cdrom, path: cdrom.path }));
      const medium = { id, "node-name": backendId(cdrom) };
      await this.#qmp.execute("blockdev-insert-medium", medium);
    } finally {
      await this.#qmp.execute("blockdev-close-tray", { id });
    }
  }

  /** Sends what a serial port prints to another file. */
  async changeSerial(serial: MachineSerial): Promise<void> {
    allowDevice(this.#run.identity, serial);
    await this.#qmp.execute("chardev-change", {
      id: backendId(serial),
      backend: { type: "file", data: { out: serial.path, append: true } },
    });
  }

  async #unplug(id: string, isGone: PromiseWithResolvers<void>): Promise<void> {
    try {
      await this.#qmp.execute("device_del", { id });
    } catch (error) {
      // Gone already: it left after an earlier removal had been given up.
      if (VicError.from(error).code !== "not-found") throw error;
      isGone.resolve();
    }
  }

  /** Also before something is added: a QEMU that hung may have carried out late what it was asked for. */
  async #dropBackend(device: Pick<MachineDevice, "kind" | "key">): Promise<void> {
    const name = backendId(device);
    // An empty CD drive has none, and what was left by an interrupted change may be gone.
    const drop = (command: string, parameters: object) =>
      this.#qmp.execute(command, parameters).catch(() => undefined);
    if (device.kind === "nic") return void (await drop("netdev_del", { id: name }));
    const { kind, key } = device;
    // A disk that had snapshots made while it ran is a chain of nodes, the one on top first.
    const named = () => nodesOf(this.#qmp, { kind: "disk", key }).catch(() => [name]);
    const nodes = kind === "disk" ? await named() : [name];
    for (const node of nodes) await drop("blockdev-del", { "node-name": node });
  }

  async #assertFree(port: number): Promise<void> {
    const nics = (await this.list()).filter(({ kind }) => kind === "nic");
    if (!nics.some(({ key }) => rootPortOf(key) === port)) return;
    throw new VicError("exhausted", `root port ${port} is taken: a machine has ${nicsMax} NICs`);
  }
}

/** A device as query-pci tells it, as far as it matters here. */
interface PciDevice {
  qdev_id: string;
  regions: { address: number }[];
  pci_bridge?: { devices?: PciDevice[] };
}

/** Whether the device is among these or behind them and its registers have an address. */
function hasMemory(devices: PciDevice[], id: string): boolean {
  return devices.some(({ qdev_id, regions, pci_bridge }) => {
    if (qdev_id === id) return regions.some(({ address }) => address > 0);
    return hasMemory(pci_bridge?.devices ?? [], id);
  });
}

import { VicError } from "../../errors/errors.ts";
import {
  add,
  childDisk,
  create,
  devicesOf,
  disk,
  freeUnit,
  newDisk,
  remove,
  type Device,
  type DeviceChange,
  type Place,
} from "../../vsphere/device.ts";
import type { VirtualMachine } from "../../vsphere/vm.ts";
import type { Chores } from "../chores.ts";
import { findDisk, forgetDisk } from "./scsi.ts";

/** SCSI target of the appliance's own data disk. */
const dataUnit = 0;
const kib = 1024;

/** The appliance's VM, as far as disks are concerned. */
type ApplianceVm = Pick<VirtualMachine, "devices" | "reconfigure">;

/** What to attach. */
export interface AttachSpec {
  /** `[datastore] folder/disk.vmdk` */
  path: string;
  /** Make the disk: thin, or a linked child of `parent`. */
  create?: { capacityBytes: number; parent?: string };
}

/** A disk the appliance can use. */
export interface AttachedDisk {
  /** For example /dev/sdc. */
  device: string;
  path: string;
  unit: number;
  /** Unplugs it; the file stays. Idempotent. What fails goes on in the background. */
  detach(): Promise<void>;
}

/** Plugs disks into the appliance while it runs. One change at a time: two would race for the same unit. */
export class ApplianceDisks {
  readonly #vm: ApplianceVm;
  readonly #chores: Chores;
  readonly #used = new Set<number>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(vm: ApplianceVm, chores: Chores) {
    this.#vm = vm;
    this.#chores = chores;
  }

  /** Unplugs every disk below `folder` (`[datastore] folder`) that an earlier port layer left attached. */
  async detachLeftovers(folder: string): Promise<void> {
    for (const device of await this.#disks()) {
      const file = fileOf(device);
      const unit = device.unitNumber;
      if (unit === undefined || unit === dataUnit) continue;
      if (file?.startsWith(`${folder}/`)) await this.#remove(unit, file);
    }
  }

  /** Plugs a disk in and waits until the kernel has it; undone when that fails. */
  async attach(spec: AttachSpec): Promise<AttachedDisk> {
    const unit = await this.#exclusive(() => this.#add(spec));
    try {
      const device = await findDisk(unit);
      return { device, path: spec.path, unit, detach: () => this.#detach(unit, spec.path) };
    } catch (error) {
      await this.#detach(unit, spec.path).catch(() => undefined);
      throw error;
    }
  }

  async #add(spec: AttachSpec): Promise<number> {
    const devices = await this.#vm.devices();
    const [controller] = devicesOf(devices, "ParaVirtualSCSIController");
    if (!controller) throw new VicError("internal", "the appliance VM has no pvscsi controller");
    const unit = this.#freeUnit(devices, controller.key);
    this.#used.add(unit);
    try {
      const place = { controllerKey: controller.key, unitNumber: unit };
      await this.#vm.reconfigure({ deviceChange: [addDisk(spec, place)] });
    } catch (error) {
      // It may have been done all the same.
      void this.#detach(unit, spec.path).catch(() => undefined);
      throw error;
    }
    return unit;
  }

  /** While it fails nobody else gets the unit. */
  #detach(unit: number, path: string): Promise<void> {
    return this.#chores.do(`unplugging ${path}`, () => this.#remove(unit, path));
  }

  #freeUnit(devices: Device[], controllerKey: number): number {
    try {
      return freeUnit(devices, controllerKey, [dataUnit, ...this.#used]);
    } catch (cause) {
      throw new VicError("exhausted", "the appliance has no free disk slot", {
        hint: "wait for image pulls and log readers to end",
        cause,
      });
    }
  }

  #remove(unit: number, path: string): Promise<void> {
    return this.#exclusive(async () => {
      const attached = (await this.#disks()).find((d) => d.unitNumber === unit);
      if (attached && fileOf(attached) === path) {
        await forgetDisk(unit);
        await this.#vm.reconfigure({ deviceChange: [remove(attached)] });
      }
      this.#used.delete(unit);
    });
  }

  async #disks(): Promise<Device[]> {
    return devicesOf(await this.#vm.devices(), "VirtualDisk");
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function fileOf(device: Device): string | undefined {
  return device.backing?.["fileName"] as string | undefined;
}

/** What adds a disk to the appliance. */
function addDisk({ path, create: made }: AttachSpec, place: Place): DeviceChange {
  const options = { ...place, diskMode: "persistent" as const };
  if (!made) return add(disk(path, options));
  return create(
    made.parent === undefined
      ? newDisk(path, made.capacityBytes / kib, options)
      : childDisk(path, made.parent, options),
  );
}

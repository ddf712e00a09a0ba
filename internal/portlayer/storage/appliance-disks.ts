import { VicError } from "../../errors/errors.ts";
import { findDisk, forgetDisk } from "./scsi.ts";

/** SCSI targets of the appliance: 0 is its own data disk, 7 the controller. */
const firstUnit = 1;
const lastUnit = 15;
const controllerUnit = 7;
const kib = 1024;

/** A vim25 data object of which we know some fields. */
type DataObject = Record<string, unknown>;

/** The appliance's VM, as far as disks are concerned. */
export interface ApplianceVm {
  /** config.hardware.device */
  devices(): Promise<DataObject[]>;
  /** ReconfigVM_Task with these VirtualDeviceConfigSpecs. */
  changeDevices(changes: DataObject[]): Promise<void>;
}

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
  /** Unplugs it; the file stays. Idempotent. */
  detach(): Promise<void>;
}

/** Plugs disks into the appliance while it runs. One change at a time: two would race for the same unit. */
export class ApplianceDisks {
  readonly #vm: ApplianceVm;
  readonly #used = new Set<number>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(vm: ApplianceVm) {
    this.#vm = vm;
  }

  /** Unplugs every disk below `folder` (`[datastore] folder`) that an earlier port layer left attached. */
  async detachLeftovers(folder: string): Promise<void> {
    for (const device of await this.#disks()) {
      const file = fileOf(device);
      if (file?.startsWith(`${folder}/`) && device["unitNumber"] !== 0)
        await this.#remove(device["unitNumber"] as number, file);
    }
  }

  /** Plugs a disk in and waits until the kernel has it; undone when that fails. */
  async attach(spec: AttachSpec): Promise<AttachedDisk> {
    const unit = await this.#exclusive(() => this.#add(spec));
    try {
      const device = await findDisk(unit);
      const detach = () => this.#remove(unit, spec.path);
      return { device, path: spec.path, unit, detach };
    } catch (error) {
      await this.#remove(unit, spec.path).catch(() => undefined);
      throw error;
    }
  }

  async #add(spec: AttachSpec): Promise<number> {
    const devices = await this.#vm.devices();
    const controller = devices.find((d) => d["_type"] === "ParaVirtualSCSIController");
    if (!controller) throw new VicError("internal", "the appliance VM has no pvscsi controller");
    const taken = new Set(
      devices.filter((d) => d["controllerKey"] === controller["key"]).map((d) => d["unitNumber"]),
    );
    let unit = firstUnit;
    while (unit === controllerUnit || taken.has(unit) || this.#used.has(unit)) unit++;
    if (unit > lastUnit) {
      throw new VicError("exhausted", "the appliance has no free disk slot", {
        hint: "wait for image pulls and log readers to end",
      });
    }
    this.#used.add(unit);
    try {
      await this.#vm.changeDevices([addDisk(spec, controller["key"] as number, unit)]);
    } catch (error) {
      this.#used.delete(unit);
      throw error;
    }
    return unit;
  }

  #remove(unit: number, path: string): Promise<void> {
    return this.#exclusive(async () => {
      const disk = (await this.#disks()).find((d) => d["unitNumber"] === unit);
      if (disk && fileOf(disk) === path) {
        await forgetDisk(unit);
        await this.#vm.changeDevices([{ operation: "remove", device: disk }]);
      }
      this.#used.delete(unit);
    });
  }

  async #disks(): Promise<DataObject[]> {
    return (await this.#vm.devices()).filter((d) => d["_type"] === "VirtualDisk");
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function fileOf(device: DataObject): string | undefined {
  return (device["backing"] as DataObject | undefined)?.["fileName"] as string | undefined;
}

/** VirtualDeviceConfigSpec (vSphere Web Services API 6.7) that adds a disk. */
function addDisk(spec: AttachSpec, controllerKey: number, unitNumber: number): DataObject {
  const backing = {
    _type: "VirtualDiskFlatVer2BackingInfo",
    fileName: spec.path,
    diskMode: "persistent",
    ...(spec.create ? { thinProvisioned: true } : {}),
  };
  const { create } = spec;
  const parent = create?.parent
    ? {
        parent: {
          _type: "VirtualDiskFlatVer2BackingInfo",
          fileName: create.parent,
          diskMode: "persistent",
        },
      }
    : {};
  return {
    operation: "add",
    ...(create ? { fileOperation: "create" } : {}),
    device: {
      _type: "VirtualDisk",
      key: -1,
      controllerKey,
      unitNumber,
      backing: { ...backing, ...parent },
      // A child has its parent's capacity.
      capacityInKB: create && !create.parent ? create.capacityBytes / kib : 0,
    },
  };
}

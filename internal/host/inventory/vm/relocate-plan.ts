import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import type { Datastore } from "../../storage/datastore.ts";
import { baseName, isWithin, type Place } from "../../storage/place.ts";
import type { Copy, CopyPlan } from "../../storage/transfer.ts";
import type { World } from "../world.ts";
import { isSharedHome, ownDisks, stateFiles } from "./remove.ts";
import type { VirtualMachine } from "./virtual-machine.ts";
import { homePlace, vmxPlace } from "./vmx-file.ts";

/** Free names tried for the VM's folder on another datastore. */
const namesMax = 1000;

/** VirtualMachineRelocateSpecDiskLocator. */
interface Locator {
  diskId: number;
  datastore: MoRef;
  diskMoveType?: string;
}

/** The part of a VirtualMachineRelocateSpec that is honoured. */
export interface RelocateSpec {
  folder?: MoRef;
  pool?: MoRef;
  host?: MoRef;
  datastore?: MoRef;
  diskMoveType?: string;
  disk?: Locator[];
  [field: string]: unknown;
}

/** Whether a disk that is based on others stays a child, or becomes a base. */
const isFlatType: Record<string, boolean> = {
  moveAllDiskBackingsAndAllowSharing: false,
  moveChildMostDiskBacking: false,
  moveAllDiskBackingsAndDisallowSharing: true,
  moveAllDiskBackingsAndConsolidate: true,
};

/** Files that get another place, and those that go without a copy: what a flat copy holds already. */
export interface RelocatePlan extends CopyPlan {
  gone: Place[];
  /** The VM's folder, when all of it moves: files that are not there yet will be in the new one. */
  home: { from: Place; to: Place } | undefined;
}

/** Where one file goes. */
interface Job {
  from: Place;
  onto: Datastore;
  isFlat: boolean;
}

/**
 * What has to be copied; undefined: nothing. The VM's own disks move, also those that its snapshots froze. What they are
 * based on besides, such as an image, stays, and they find it from where they are.
 */
export class RelocatePlanner {
  readonly #world: World;
  readonly #vm: VirtualMachine;
  readonly #spec: RelocateSpec;
  readonly #home: Place;
  /** The VM's own disks that nobody else is based on, by key. */
  readonly #own: Map<string, Place>;
  readonly #jobs = new Map<string, Job>();
  readonly #gone = new Map<string, Place>();
  readonly #folders = new Map<string, Place>();
  #isWhole = false;

  constructor(world: World, vm: VirtualMachine, spec: RelocateSpec) {
    this.#world = world;
    this.#vm = vm;
    this.#spec = spec;
    this.#home = homePlace(world.datastores, vm.record);
    const own = new Map(ownDisks(world, vm).map((place) => [place.key, place]));
    const { disks } = world.datastores;
    const isAlone = (place: Place): boolean =>
      disks.childrenThere(place).every(({ key }) => own.has(key));
    this.#own = new Map([...own].filter(([, place]) => isAlone(place)));
  }

  async plan(): Promise<RelocatePlan | undefined> {
    const { datastores } = this.#world;
    const onto = this.#spec.datastore ? this.#datastore(this.#spec.datastore) : undefined;
    this.#planDisks(onto);
    if (onto && onto !== datastores.of(this.#home)) await this.#planHome(onto);
    const jobs = [...this.#jobs.values()].filter(({ from, onto: to }) => from.datastore !== to.id);
    if (jobs.length === 0) return undefined;
    const copies: Copy[] = [];
    for (const { from, onto: datastore, isFlat } of jobs) {
      const to = datastores.places.below(await this.#folderOn(datastore), this.#nameOf(from));
      if (copies.some((copy) => copy.to.key === to.key)) {
        throw fault("FileAlreadyExists", `two files would be "${to.text}"`, { file: to.text });
      }
      copies.push({ from, to, isFlat });
    }
    const to = this.#isWhole && onto ? await this.#folderOn(onto) : undefined;
    return {
      folders: this.#foldersOf(copies),
      copies,
      gone: [...this.#gone.values()],
      home: to && { from: this.#home, to },
    };
  }

  #planDisks(onto: Datastore | undefined): void {
    const { disks, places } = this.#world.datastores;
    const locators = new Map((this.#spec.disk ?? []).map((each) => [each.diskId, each]));
    for (const device of this.#vm.record.config.devices) {
      if (device._type !== "VirtualDisk" || !device.backing?.fileName) continue;
      const locator = locators.get(device.key);
      locators.delete(device.key);
      const target = locator ? this.#datastore(locator.datastore) : onto;
      if (!target) continue;
      const [top, ...parents] = disks.chain(places.parse(device.backing.fileName));
      const isFlat = this.#isFlat(locator?.diskMoveType) && parents.length > 0;
      if (!top) continue;
      this.#jobs.set(top.key, { from: top, onto: target, isFlat });
      for (const parent of parents) {
        if (!this.#own.has(parent.key)) break;
        if (isFlat) this.#gone.set(parent.key, parent);
        else this.#jobs.set(parent.key, { from: parent, onto: target, isFlat: false });
      }
    }
    const [unknown] = locators.keys();
    if (unknown !== undefined) throw invalidArgument("spec.disk", `there is no disk ${unknown}`);
  }

  /** The .vmx, and whatever else is in a folder that is the VM's alone. */
  async #planHome(onto: Datastore): Promise<void> {
    const add = (from: Place) => {
      if (!this.#jobs.has(from.key)) this.#jobs.set(from.key, { from, onto, isFlat: false });
    };
    for (const [key, place] of this.#own) if (!this.#gone.has(key)) add(place);
    const { datastores } = this.#world;
    add(vmxPlace(datastores, this.#vm.record));
    if (this.#home.relative === "" || isSharedHome(this.#world, this.#vm, this.#home)) {
      for (const text of stateFiles(this.#vm)) add(datastores.places.parse(text));
      return;
    }
    this.#isWhole = true;
    const folders = [this.#home];
    for (let next = folders.pop(); next; next = folders.pop()) {
      for (const { place, stat } of await datastores.files.list(next)) {
        if (stat.isDirectory()) folders.push(place);
        else if (stat.isFile() && !datastores.disks.isRecorded(place)) add(place);
      }
    }
  }

  #isFlat(own: string | undefined): boolean {
    const type = own ?? this.#spec.diskMoveType;
    if (type === undefined) return false;
    const isFlat = Object.hasOwn(isFlatType, type) ? isFlatType[type] : undefined;
    if (isFlat === undefined) throw fault("NotSupported", `vic-host has no ${type}`);
    if (isFlat && (this.#vm.record.snapshots ?? []).length > 0) {
      throw fault("NotSupported", "snapshots are based on the disks: remove them first");
    }
    return isFlat;
  }

  #datastore(ref: MoRef): Datastore {
    const found = this.#world.datastores.byRef(ref);
    if (found) return found;
    throw fault("InvalidDatastore", `there is no datastore "${ref.value}"`, { datastore: ref });
  }

  /** Name below the VM's folder. */
  #nameOf(from: Place): string {
    if (!isWithin(this.#home, from.key) || this.#home.relative === "") {
      return baseName(from.relative);
    }
    return from.relative.slice(this.#home.relative.length + 1);
  }

  async #folderOn(datastore: Datastore): Promise<Place> {
    const known = this.#folders.get(datastore.id);
    if (known) return known;
    const name = baseName(this.#home.relative) || this.#vm.record.id;
    for (let number = 0; number < namesMax; number++) {
      const place = datastore.places.at(number === 0 ? name : `${name}_${number}`);
      if (await this.#world.datastores.files.exists(place)) continue;
      this.#folders.set(datastore.id, place);
      return place;
    }
    throw fault("FileAlreadyExists", `no free name is left for the folder ${name}`);
  }

  /** The folders that the copies are in, those around before those inside. */
  #foldersOf(copies: Copy[]): Place[] {
    const { places } = this.#world.datastores;
    const found = new Map<string, Place>();
    for (const { to } of copies) {
      for (let at = places.parent(to); at && at.relative !== ""; at = places.parent(at)) {
        found.set(at.key, at);
      }
    }
    return [...found.values()].toSorted((a, b) => a.relative.length - b.relative.length);
  }
}

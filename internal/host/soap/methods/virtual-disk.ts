import { any } from "../../../vim25/types.ts";
import { invalidArgument } from "../../fault.ts";
import { inflate } from "../../storage/inflate.ts";
import type { Place } from "../../storage/place.ts";
import { type Call, type Methods, param, startTask } from "../call.ts";
import { checkDatacenters } from "./datacenters.ts";

const kib = 1024;
/** Geometry that a BIOS gives a large disk. */
const heads = 255;
const sectorsPerTrack = 63;
const sectorBytes = 512;

/** Of a VirtualDiskSpec. All disks here are thin, whatever type the client wishes for. */
type Spec = { capacityKb?: number } | undefined;

function placeOf(call: Call, name = "name"): Place {
  checkDatacenters(call);
  return call.world.datastores.places.parse(param<string>(call, name));
}

async function copy(call: Call, progress: (percent: number) => void): Promise<void> {
  const { disks, files } = call.world.datastores;
  const [from, to] = [placeOf(call, "sourceName"), placeOf(call, "destName")];
  const { capacityBytes } = await disks.info(from);
  // The copy of a child stands on its own: nothing that it is based on has to stay for it.
  const force = param<boolean | undefined>(call, "force") === true;
  await files.copy(from, to, { force, isFlat: true, progress });
  const { capacityKb } = param<Spec>(call, "destSpec") ?? {};
  if (capacityKb && capacityKb * kib > capacityBytes) await disks.grow(to, capacityKb * kib);
}

/** A change of all of a disk that no VM and no child needs as it is. */
const work =
  (change: (call: Call, place: Place, progress: (percent: number) => void) => Promise<unknown>) =>
  (call: Call) => {
    const place = placeOf(call);
    return startTask(call, async (progress) => {
      await change(call, place, progress);
    });
  };

const fill = work(({ world }, place, progress) => inflate(world.datastores, place, progress));

/** A thin disk holds no zeroes that could be given back, and its blocks lie where the file system put them. */
const check = work(({ world }, place) => world.datastores.disks.assertWritable(place));

/** VirtualDiskManager. */
export const virtualDiskManager: Methods = {
  CreateVirtualDisk_Task: (call) => {
    const place = placeOf(call);
    return startTask(call, async () => {
      const { files, disks } = call.world.datastores;
      const { capacityKb } = param<{ capacityKb?: number }>(call, "spec");
      if (capacityKb === undefined) throw invalidArgument("spec", "say how large the disk is");
      await files.assertParent(place);
      await disks.create(place, capacityKb * kib);
      return place.text;
    });
  },
  DeleteVirtualDisk_Task: work(({ world }, place) => world.datastores.disks.delete(place)),
  MoveVirtualDisk_Task: (call) => {
    const [from, to] = [placeOf(call, "sourceName"), placeOf(call, "destName")];
    const force = param<boolean | undefined>(call, "force") === true;
    return startTask(call, async (progress) => {
      await call.world.datastores.disks.assertKind(from);
      await call.world.datastores.files.move(from, to, force, progress);
      return to.text;
    });
  },
  CopyVirtualDisk_Task: (call) =>
    startTask(call, async (progress) => {
      await copy(call, progress);
      return param<string>(call, "destName");
    }),
  ExtendVirtualDisk_Task: work(async (call, place) => {
    const { disks } = call.world.datastores;
    const wanted = param<number>(call, "newCapacityKb") * kib;
    const { capacityBytes } = await disks.info(place);
    if (wanted < capacityBytes) {
      const text = `"${place.text}" has ${capacityBytes / kib} KiB: a disk cannot become smaller`;
      throw invalidArgument("newCapacityKb", text);
    }
    await disks.grow(place, wanted);
  }),
  InflateVirtualDisk_Task: fill,
  EagerZeroVirtualDisk_Task: fill,
  ShrinkVirtualDisk_Task: check,
  DefragmentVirtualDisk_Task: check,
  QueryVirtualDiskFragmentation: async (call) => {
    await call.world.datastores.disks.assertKind(placeOf(call));
    return 0;
  },
  QueryVirtualDiskGeometry: async (call) => {
    const { capacityBytes } = await call.world.datastores.disks.info(placeOf(call));
    const cylinder = Math.ceil(capacityBytes / (heads * sectorsPerTrack * sectorBytes));
    return { cylinder, head: heads, sector: sectorsPerTrack };
  },
  QueryVirtualDiskUuid: async (call) => {
    const place = placeOf(call);
    const { disks } = call.world.datastores;
    await disks.assertKind(place);
    const bytes = disks.uuidOf(place).match(/../g) ?? [];
    return `${bytes.slice(0, 8).join(" ")}-${bytes.slice(8).join(" ")}`;
  },
  SetVirtualDiskUuid: async (call) => {
    const place = placeOf(call);
    const uuid = param<string>(call, "uuid");
    const digits = uuid.replace(/[\s-]/g, "").toLowerCase();
    if (!/^[\da-f]{32}$/.test(digits)) throw invalidArgument("uuid", `"${uuid}" is not a UUID`);
    const { disks, locks } = call.world.datastores;
    await disks.assertKind(place);
    locks.assertFree(place);
    disks.setUuid(place, digits);
  },
  QueryVirtualDiskInfo_Task: (call) => {
    const place = placeOf(call);
    return startTask(call, async () => {
      const { disks } = call.world.datastores;
      await disks.info(place);
      const isWhole = param<boolean>(call, "includeParents");
      const chain = isWhole ? disks.chain(place) : [place];
      const infos = chain.map((each) => ({
        unit: { name: each.text },
        diskType: "thin",
        parent: disks.parentOf(each)?.text,
      }));
      return any("ArrayOfVirtualDiskInfo", infos);
    });
  },
};

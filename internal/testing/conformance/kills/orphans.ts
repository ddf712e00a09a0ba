/** What is left of something that docker does not know: VMs, folders, disks, images. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageRecord } from "../../../portlayer/storage/image-record.ts";
import type { Stand } from "../../stand/stand.ts";
import {
  difference,
  diskRecords,
  listFiles,
  processes,
  rows,
  runFolders,
  spares,
} from "../durability/observe.ts";

/** The appliance's VM. */
const applianceCount = 1;

/** What docker says there is. */
export interface Known {
  /** Full ids. */
  containers: Set<string>;
  running: number;
  /** The VM of a container that was only created stays on for a while. */
  created: number;
  /** Full ids, without `sha256:`. */
  images: Set<string>;
}

/** Compares; in words. */
export async function findOrphans(stand: Stand, known: Known): Promise<string[]> {
  const { hostDir, name } = stand;
  const files = listFiles(join(hostDir, "datastore1"));
  const below = (folder: string) =>
    files.filter((f) => f.startsWith(`${name}/${folder}/`)).map((f) => f.split("/"));
  const namesBelow = (folder: string) =>
    new Set(below(folder).flatMap(([, , third]) => (third ? [third] : [])));
  const templates = namesBelow("templates");
  const images = namesBelow("images");
  const spare = spares(hostDir);
  const vms = rows(hostDir, "vm").filter((id) => !spare.has(id));
  const folders = runFolders(hostDir);
  const on = folders.filter((id) => !spare.has(id));
  const kept = keptImages(join(hostDir, "datastore1", name, "images"), images);
  const wanted = [...known.images, ...kept].flatMap((id) => [`${id}.json`, `${id}.vmdk`]);
  const onMin = applianceCount + templates.size + known.running;
  const onMax = onMin + known.created;
  return [
    ...difference("container folder", namesBelow("containers"), known.containers),
    ...difference("image file", images, new Set(wanted)),
    ...difference(
      "record of a disk",
      diskRecords(hostDir),
      new Set(files.filter((f) => f.endsWith(".vmdk"))),
    ),
    ...difference("process", await processes(hostDir), new Set(folders)),
    ...(vms.length === applianceCount + templates.size + known.containers.size
      ? []
      : [`${vms.length} VMs: ${templates.size} templates, ${known.containers.size} containers`]),
    ...(templates.size > 1 ? [`templates: ${[...templates].join(", ")}`] : []),
    ...(on.length < onMin || on.length > onMax
      ? [`${on.length} VMs are on, not ${onMin} to ${onMax}`]
      : []),
  ];
}

/** Ids of removed images whose disks are parents of others' disks. */
function keptImages(folder: string, files: Iterable<string>): string[] {
  const records = [...files]
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as ImageRecord);
  const parents = new Set(records.map(({ parent }) => parent));
  return records.flatMap(({ id, isRemoved }) =>
    isRemoved && parents.has(id) ? [id.replace("sha256:", "")] : [],
  );
}

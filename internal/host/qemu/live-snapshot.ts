/** Which file a running disk writes to, and changing that while it runs. */
import { VicError } from "../../errors/errors.ts";
import type { MachineDisk } from "../vm/machine.ts";
import { backendId, deviceId, parseDeviceId } from "./devices.ts";
import type { Qmp } from "./qmp.ts";

/** A block node as far as it matters here. */
interface NodeInfo {
  "node-name": string;
  /** A path, or `json:` with what the node is made of when a path does not say that. */
  file: string;
}

/** What is below a plugged disk. */
export interface LiveDisk {
  key: number;
  /** Name of the node that the guest writes to. */
  node: string;
  path: string;
}

/** All plugged disks and where they write to. */
export async function liveDisks(qmp: Qmp): Promise<LiveDisk[]> {
  const blocks = (await qmp.execute("query-block")) as { qdev?: string; inserted?: NodeInfo }[];
  return blocks.flatMap(({ qdev, inserted }) => {
    const id = /(?:^|\/)(disk--?\d+)(?:\/|$)/.exec(qdev ?? "")?.[1];
    const parsed = id === undefined ? undefined : parseDeviceId(id);
    if (!parsed || !inserted) return [];
    return [{ key: parsed.key, node: inserted["node-name"], path: pathOf(inserted.file) }];
  });
}

/** Path of the file below a node, from what QEMU calls its file. */
export function pathOf(file: string): string {
  if (!file.startsWith("json:")) return file;
  const node = JSON.parse(file.slice(5)) as { file?: { filename?: string } };
  return node.file?.filename ?? "";
}

/** Names of the nodes of a disk that QEMU was told by name, the one that is written to first. */
export async function nodesOf(qmp: Qmp, disk: { kind: "disk"; key: number }): Promise<string[]> {
  const nodes = (await qmp.execute("query-named-block-nodes", { flat: true })) as NodeInfo[];
  const own = backendId(disk);
  const number = (name: string) => (name === own ? 0 : Number(name.slice(own.length + 1)));
  return nodes
    .map((node) => node["node-name"])
    .filter((name) => name === own || name.startsWith(`${own}-`))
    .toSorted((a, b) => number(b) - number(a));
}

/** Puts a new child (a qcow2 file that is there) on top of each disk, all in one transaction. */
export async function switchToChildren(
  qmp: Qmp,
  children: { disk: MachineDisk; path: string }[],
): Promise<void> {
  const live = new Map((await liveDisks(qmp)).map((disk) => [disk.key, disk]));
  const overlays: string[] = [];
  try {
    const actions: object[] = [];
    for (const { disk, path } of children) {
      const node = live.get(disk.key)?.node;
      if (node === undefined) throw new VicError("not-found", `${deviceId(disk)} is not plugged`);
      const [newest = backendId(disk)] = await nodesOf(qmp, disk);
      const overlay = nextName(disk, newest);
      // Its backing file is the disk as it is open already; what its header names is not opened.
      await qmp.execute("blockdev-add", {
        driver: "qcow2",
        "node-name": overlay,
        discard: "unmap",
        backing: null,
        file: { driver: "file", filename: path, discard: "unmap" },
      });
      overlays.push(overlay);
      actions.push({ type: "blockdev-snapshot", data: { node, overlay } });
    }
    await qmp.execute("transaction", { actions });
  } catch (error) {
    for (const name of overlays) {
      await qmp.execute("blockdev-del", { "node-name": name }).catch(() => undefined);
    }
    throw error;
  }
}

function nextName(disk: MachineDisk, newest: string): string {
  const own = backendId(disk);
  const number = newest === own ? 0 : Number(newest.slice(own.length + 1));
  return `${own}-${number + 1}`;
}

/** Makes the disk larger; the guest sees its new size at once. */
export async function resizeLive(qmp: Qmp, disk: MachineDisk, bytes: number): Promise<void> {
  const node = (await liveDisks(qmp)).find((live) => live.key === disk.key)?.node;
  if (node === undefined) throw new VicError("not-found", `${deviceId(disk)} is not plugged`);
  await qmp.execute("block_resize", { "node-name": node, size: bytes });
}

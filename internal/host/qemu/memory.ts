/**
 * Where a machine's RAM is. Each machine that boots has it in a memory file of its own (memfd): that has no name
 * that could be left behind, no size limit of /dev/shm, and is given back when the last process that maps it ends. A
 * clone of a frozen machine maps that machine's file copy-on-write; it keeps the file alive, so the frozen machine
 * may be powered off any time. The price is that shared memory gets no huge pages by default.
 *
 * QEMU 7.2 takes RAM only from a file that it can open for writing. That a clone's QEMU cannot change there what its
 * siblings read is the work of seals; QEMU forbids them in files that it makes itself, so vic-host makes them.
 */
import { ftruncateSync } from "node:fs";
import { type FileHandle, open, readdir, readlink } from "node:fs/promises";
import type { Qmp } from "./qmp.ts";
import { addSeals, createMemfd, seals } from "./memfd.ts";

/** Number under which a QEMU finds its memory file. */
export const memoryDescriptor = 4;
/** Id of the RAM among QEMU's objects; part of the state of a machine. */
const memoryId = "ram";
const memoryName = "vic-vm-ram";
/** How the kernel names these files in /proc. */
const linkPrefix = `/memfd:${memoryName}`;
const mib = 1024 * 1024;

/** Where RAM is: in a file of the machine's own, in a copy of another machine's, or in no file. */
export type MemoryKind = "file" | "copy" | "anonymous";

/** Options of the RAM; a file is behind {@link memoryDescriptor}, and a copy is made page by page when it is written. */
export function memoryOptions(memoryMiB: number, kind: MemoryKind): string[] {
  const common = `id=${memoryId},size=${memoryMiB}M`;
  const share = kind === "copy" ? "off" : "on";
  const object =
    kind === "anonymous"
      ? `memory-backend-ram,${common}`
      : `memory-backend-file,${common},mem-path=/proc/self/fd/${memoryDescriptor},share=${share}`;
  return ["-object", object, "-machine", `memory-backend=${memoryId}`];
}

/** Kind of the RAM of a machine that is started with the memory of `path`, or with new memory. */
export function memoryKind(path: string | undefined): MemoryKind {
  if (path !== undefined) return "copy";
  return process.platform === "linux" ? "file" : "anonymous";
}

/** Opens what {@link memoryFile} named, or a new file; undefined where there are none. */
export async function openMemory(
  path: string | undefined,
  memoryMiB: number,
): Promise<FileHandle | undefined> {
  const kind = memoryKind(path);
  if (kind === "anonymous") return undefined;
  if (path !== undefined) return open(path, "r+");
  using made = createMemfd(memoryName);
  ftruncateSync(made.fd, memoryMiB * mib);
  // Awaited here: the descriptor is closed at the end of this block.
  return await open(`/proc/self/fd/${made.fd}`, "r+");
}

/**
 * Path of the memory file of a running machine; undefined when it has none of its own, because it is a clone, or when
 * vic-host may not look into the process.
 */
export async function memoryFile(qmp: Qmp, pid: number): Promise<string | undefined> {
  const path = `/objects/${memoryId}`;
  if ((await qmp.execute("qom-get", { path, property: "share" })) !== true) return undefined;
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const link = await readlink(`${folder}/${name}`).catch(() => "");
    if (link.startsWith(linkPrefix)) return `${folder}/${name}`;
  }
  return undefined;
}

/** From now on nobody changes the file but who has it mapped already: the machine itself, which stands still. */
export async function sealMemory(path: string): Promise<void> {
  await using file = await open(path, "r+");
  addSeals(file.fd, seals.futureWrite | seals.shrink | seals.grow | seals.seal);
}

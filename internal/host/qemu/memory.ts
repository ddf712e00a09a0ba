/**
 * Where a machine's RAM is. Each machine that boots has it in a memory file of its own (memfd): that has no name
 * that could be left behind, no size limit of /dev/shm, and is given back when the last process that maps it ends. A
 * clone of a frozen machine maps that machine's file copy-on-write; it keeps the file alive, so the frozen machine
 * may be powered off any time. The price is that shared memory gets no huge pages by default.
 */
import { type FileHandle, open, readdir, readlink } from "node:fs/promises";
import type { Qmp } from "./qmp.ts";

/** Number under which a clone's QEMU finds the memory it starts from. */
const memoryDescriptor = 4;
/** Id of the RAM among QEMU's objects; part of the state of a machine. */
const memoryId = "ram";
/** How the kernel names QEMU's memory files in /proc. */
const linkPrefix = "/memfd:memory-backend-memfd";

/** Options of the RAM; `isCopy`: what is behind {@link memoryDescriptor}, copied page by page when it is written. */
export function memoryOptions(memoryMiB: number, isCopy: boolean): string[] {
  const common = `id=${memoryId},size=${memoryMiB}M`;
  const object = isCopy
    ? `memory-backend-file,${common},mem-path=/proc/self/fd/${memoryDescriptor},share=off`
    : process.platform === "linux"
      ? `memory-backend-memfd,${common},share=on`
      : `memory-backend-ram,${common}`;
  return ["-object", object, "-machine", `memory-backend=${memoryId}`];
}

/**
 * Path of the memory file of a running machine; undefined when it has none of its own, because it is a clone, or when
 * vic-host may not look into the process.
 */
export async function memoryFile(qmp: Qmp, pid: number): Promise<string | undefined> {
  const path = `/objects/${memoryId}`;
  const type = await qmp.execute("qom-get", { path, property: "type" });
  if (type !== "memory-backend-memfd") return undefined;
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const link = await readlink(`${folder}/${name}`).catch(() => "");
    if (link.startsWith(linkPrefix)) return `${folder}/${name}`;
  }
  return undefined;
}

/** Opens what {@link memoryFile} named; undefined when nothing is named. */
export async function openMemory(path: string | undefined): Promise<FileHandle | undefined> {
  return path === undefined ? undefined : open(path, "r+");
}

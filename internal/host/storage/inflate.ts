import { open } from "node:fs/promises";
import { fault } from "../fault.ts";
import { writeAll } from "./copy-sparse.ts";
import type { Datastores } from "./datastores.ts";
import type { Place } from "./place.ts";

/** One step, bytes. */
const chunkBytes = 1024 * 1024;
let count = 0;

/** Gives a base all of its room on the datastore: holes become zeroes that are written. No VM can use it meanwhile. */
export async function inflate(
  datastores: Datastores,
  place: Place,
  progress: (percent: number) => void,
): Promise<void> {
  const { disks, locks } = datastores;
  await disks.assertWritable(place);
  const { capacityBytes, usedBytes, parent } = await disks.info(place);
  if (parent) {
    throw fault("NotSupported", `"${place.text}" is a child: it grows with what is written to it`);
  }
  using _claim = await datastores.of(place).space.claim(Math.max(0, capacityBytes - usedBytes));
  const holder = { id: `inflate-${++count}`, name: "(the disk is being inflated)" };
  locks.assertFree(place);
  locks.take(holder, [{ place, isWriter: true }]);
  try {
    await fillHoles(place.absolute, progress);
  } finally {
    locks.releaseAll(holder.id);
  }
}

async function fillHoles(path: string, progress: (percent: number) => void): Promise<void> {
  await using file = await open(path, "r+");
  const { size } = await file.stat();
  const buffer = Buffer.alloc(chunkBytes);
  const zeroes = Buffer.alloc(chunkBytes);
  for (let position = 0; position < size;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    if (chunk.equals(zeroes.subarray(0, bytesRead))) await writeAll(file, chunk, position);
    position += bytesRead;
    progress((position * 100) / size);
  }
  await file.sync();
}

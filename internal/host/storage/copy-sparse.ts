import { type FileHandle, open } from "node:fs/promises";

/** One read of a copy, bytes; runs of zeroes of this length become holes. */
const chunkBytes = 1024 * 1024;

/** Copies a file into a new one. `grow` is told of each run of bytes before it is written. */
export async function copySparse(
  from: string,
  to: string,
  grow: (bytes: number) => void,
): Promise<void> {
  await using source = await open(from, "r");
  await using target = await open(to, "wx", 0o600);
  const buffer = Buffer.alloc(chunkBytes);
  const zeroes = Buffer.alloc(chunkBytes);
  let position = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    if (!chunk.equals(zeroes.subarray(0, bytesRead))) {
      grow(bytesRead);
      await writeAll(target, chunk, position);
    }
    position += bytesRead;
  }
  await target.truncate(position);
  await target.sync();
}

/** Writes all of `chunk` at `position`. */
export async function writeAll(
  file: FileHandle,
  chunk: Uint8Array,
  position: number,
): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { VicError } from "../../errors/errors.ts";
import { drained } from "../../http/send.ts";

/** One layer on its way to its partition. */
export interface LayerWrite {
  /** The blob as the registry or archive has it: tar, gzip or zstd. */
  body: ReadableStream<Uint8Array>;
  /** Block device (or file) that becomes an EROFS file system. */
  device: string;
  /** `sha256:<hex>` of the blob; absent when only the diff ID is known. */
  digest?: string;
  /** `sha256:<hex>` of the uncompressed tar. */
  diffId: string;
  /** More uncompressed bytes than this are taken for a decompression bomb. */
  maxBytes: number;
  /** Where mkfs.erofs may keep what it has not placed yet. */
  spoolDir: string;
  /** Path of mkfs.erofs. */
  mkfs?: string;
  signal?: AbortSignal;
}

const stderrMaxChars = 2000;
/** The last two let it write file data straight to its place; otherwise all of it goes through a spool file first. */
const mkfsOptions = ["--tar=f", "--aufs", "--quiet", "--sort=none", "-E^inline_data"];
const magics = {
  gzip: Buffer.from([0x1f, 0x8b]),
  zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
};

/**
 * Streams a layer into a partition: blob digest, decompression, diff ID and file system in one pass. Whiteouts become
 * overlayfs ones. Rejects with `damaged` when a digest does not match; the partition's content is then
 * worthless. Resolves with the tar's size in bytes.
 */
export async function writeLayer(write: LayerWrite): Promise<number> {
  const blobHash = createHash("sha256");
  const reader = write.body.getReader();
  const source = Readable.from(tapped(reader, (chunk) => blobHash.update(chunk)));
  const tar = await decompressed(source);
  const child = spawn(write.mkfs ?? "mkfs.erofs", [...mkfsOptions, write.device], {
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: write.spoolDir },
  });
  const ended = once(child, "close") as Promise<[number | null, string | null]>;
  ended.catch(() => undefined);
  let complaint = "";
  child.stderr.on(
    "data",
    (text) => (complaint = (complaint + String(text)).slice(-stderrMaxChars)),
  );
  const abort = () => void reader.cancel().catch(() => undefined);
  write.signal?.addEventListener("abort", abort, { once: true });
  try {
    const { bytes, diffId } = await feed(tar, child.stdin, write.maxBytes);
    if (write.signal?.aborted) throw new VicError("cancelled", "the image upload was cancelled");
    const [code] = await ended;
    expectDigest("layer", write.digest, `sha256:${blobHash.digest("hex")}`);
    expectDigest("layer content", write.diffId, diffId);
    if (code !== 0)
      throw new VicError("damaged", `the layer is not a usable tar: ${complaint.trim()}`);
    return bytes;
  } catch (error) {
    abort();
    child.kill("SIGKILL");
    throw asDamaged(error);
  } finally {
    write.signal?.removeEventListener("abort", abort);
  }
}

function expectDigest(what: string, expected: string | undefined, actual: string): void {
  if (expected === undefined || expected === actual) return;
  throw new VicError(
    "damaged",
    `${what} ${actual} does not match the expected digest ${expected}`,
    {
      hint: "the image was damaged on the way or at its source; pull or save it again",
    },
  );
}

/** zlib's errors mean bad data; VicErrors say already what they mean. */
function asDamaged(error: unknown): VicError {
  if (error instanceof VicError) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (
    code.startsWith("Z_") ||
    code.startsWith("ZSTD") ||
    /unexpected end|incorrect|invalid/i.test(message)
  )
    return new VicError("damaged", `the layer does not decompress: ${message}`, { cause: error });
  return VicError.from(error);
}

async function* tapped(
  reader: { read(): Promise<{ done: boolean; value?: Uint8Array | undefined }> },
  tap: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for (let next = await reader.read(); next.value; next = await reader.read()) {
    tap(next.value);
    yield next.value;
  }
}

/** The uncompressed stream; the format is told by its first bytes, as Docker does. */
async function decompressed(source: Readable): Promise<Readable> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < magics.zstd.length) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = Readable.from(rejoined(head, iterator));
  const is = (magic: Buffer) => magic.equals(head.subarray(0, magic.length));
  const transform = is(magics.gzip)
    ? createGunzip()
    : is(magics.zstd)
      ? createZstdDecompress()
      : undefined;
  if (!transform) return whole;
  whole.on("error", (error) => transform.destroy(error));
  return whole.pipe(transform);
}

async function* rejoined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Hashes the tar and hands it to mkfs.erofs, which may stop reading at the archive's end marker. */
async function feed(
  tar: Readable,
  stdin: Writable,
  maxBytes: number,
): Promise<{ bytes: number; diffId: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  let isOpen = true;
  stdin.on("error", () => (isOpen = false));
  stdin.on("close", () => (isOpen = false));
  for await (const chunk of tar as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new VicError("exhausted", `the layer unpacks to more than ${maxBytes} bytes`, {
        hint: "it grows far beyond its compressed size; make a smaller layer",
      });
    }
    hash.update(chunk);
    if (isOpen && !stdin.write(chunk)) await drained(stdin);
  }
  stdin.end();
  return { bytes, diffId: `sha256:${hash.digest("hex")}` };
}

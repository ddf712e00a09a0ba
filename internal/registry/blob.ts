/** A blob as a stream that survives dropped connections and ends in an error unless its digest is right. */
import { VicError } from "../errors/errors.ts";
import type { Descriptor } from "../image/manifest.ts";

/** Attempts in a row without real progress. */
const triesMax = 5;
const retryDelayMs = 500;
/** Bytes that count as progress. */
const progressBytes = 1024 * 1024;
/** A connection that is silent for so long is dropped. */
const idleTimeoutMs = 60_000;
/** In all, however much progress each attempt makes. */
const attemptsMax = 1000;

/** Fetches a blob from an offset: a 200 with all of it or a 206 with the rest. */
export type FetchFrom = (offset: number, signal: AbortSignal) => Promise<Response>;

/** How a blob is read. */
export interface BlobOptions {
  signal?: AbortSignal;
  onProgress?: (bytes: number) => void;
  onRetry?: (error: unknown, waitMs: number) => void;
  /** Before the first retry; doubled each time. */
  retryDelayMs?: number;
  idleTimeoutMs?: number;
}

/** The blob's bytes; backpressure reaches the registry. Cancel it to drop the connection. */
export function blobStream(
  blob: Descriptor,
  fetchFrom: FetchFrom,
  options: BlobOptions = {},
): ReadableStream<Uint8Array> {
  const abort = new AbortController();
  const onAbort = () => abort.abort();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  const chunks = blobChunks(blob, fetchFrom, abort.signal, options);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (!done) return controller.enqueue(value);
        options.signal?.removeEventListener("abort", onAbort);
        controller.close();
      },
      async cancel() {
        abort.abort();
        options.signal?.removeEventListener("abort", onAbort);
        await chunks.return(undefined).catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
}

async function* blobChunks(
  blob: Descriptor,
  fetchFrom: FetchFrom,
  signal: AbortSignal,
  options: BlobOptions,
): AsyncGenerator<Uint8Array, void> {
  const hash = new Bun.CryptoHasher("sha256");
  let offset = 0;
  let failures = 0;
  let progressAt = 0;
  for (let attempt = 0; offset < blob.sizeBytes; attempt++) {
    try {
      const response = await fetchFrom(offset, signal);
      for await (const chunk of bodyFrom(response, offset, blob, options, signal)) {
        hash.update(chunk);
        offset += chunk.length;
        options.onProgress?.(offset);
        yield chunk;
      }
      if (offset < blob.sizeBytes) throw new Error("the connection ended early");
    } catch (error) {
      if (signal.aborted) throw new VicError("cancelled", "cancelled", { cause: error });
      if (isFinal(error)) throw error;
      failures = offset - progressAt >= progressBytes ? 1 : failures + 1;
      progressAt = offset;
      if (failures >= triesMax || attempt >= attemptsMax) {
        const { message } = VicError.from(error);
        throw new VicError("unavailable", `download of ${blob.digest} failed: ${message}`, {
          cause: error,
        });
      }
      const waitMs = (options.retryDelayMs ?? retryDelayMs) * 2 ** (failures - 1);
      options.onRetry?.(error, waitMs);
      await sleep(waitMs, signal);
    }
  }
  const actual = `sha256:${hash.digest("hex")}`;
  if (actual !== blob.digest) {
    throw new VicError(
      "damaged",
      `filesystem layer verification failed for digest ${blob.digest}`,
      { detail: { actual } },
    );
  }
}

/** The bytes of an answer that are new to us. */
async function* bodyFrom(
  response: Response,
  offset: number,
  blob: Descriptor,
  options: BlobOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  // A server without Range support sends everything again.
  let skip = response.status === 206 ? 0 : offset;
  if (response.status === 206 && offset > 0) {
    const start = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
    if (Number(start) !== offset) {
      await response.body?.cancel();
      throw new VicError("damaged", "the registry answered with another range than asked for");
    }
  }
  let left = blob.sizeBytes - offset;
  const body: ReadableStream<Uint8Array> = response.body ?? new Blob([]).stream();
  const reader: Reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await readInTime(reader, options.idleTimeoutMs ?? idleTimeoutMs);
      if (done || value === undefined || signal.aborted) return;
      const chunk = skip > 0 ? value.subarray(Math.min(skip, value.length)) : value;
      skip -= value.length - chunk.length;
      if (chunk.length > left) {
        throw new VicError("damaged", `blob ${blob.digest} is longer than the manifest says`);
      }
      left -= chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

interface Reader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

async function readInTime(reader: Reader, timeoutMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("the registry stopped sending")), timeoutMs);
  });
  try {
    return await Promise.race([reader.read(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof VicError && error.code !== "unavailable";
}

/** Waits; ends early, without an error, when the signal aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      done();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener("abort", finish, { once: true });
    if (signal?.aborted) finish();
  });
}

/** Files between this machine and a datastore. */
import { VicError } from "../errors/errors.ts";
import { pause } from "../vim25/gate.ts";
import type { Datastore } from "../vsphere/datastore.ts";

const triesMax = 5;
const retryMs = { first: 1000, most: 60_000 };
const tailBytes = 64 * 1024;

/** Options of {@link uploadFile}. */
export interface UploadOptions {
  signal: AbortSignal;
  onProgress: (percent: number) => void;
}

/** Uploads a file; tries again while the target is away. */
export async function uploadFile(
  datastore: Datastore,
  localPath: string,
  path: string,
  { signal, onProgress }: UploadOptions,
): Promise<void> {
  let delay = retryMs.first;
  for (let attempt = 1; ; attempt += 1) {
    const file = Bun.file(localPath);
    try {
      return await datastore.upload(file.stream(), path, {
        sizeBytes: file.size,
        signal,
        onProgress: (bytes) => onProgress(Math.floor((bytes / file.size) * 100)),
      });
    } catch (error) {
      const { code } = VicError.from(error);
      if (code !== "unavailable" || attempt >= triesMax) throw error;
    }
    await pause(delay, signal);
    delay = Math.min(delay * 2, retryMs.most);
  }
}

/** The last lines of a text file. */
export async function readTail(
  datastore: Datastore,
  path: string,
  linesMax: number,
): Promise<string[]> {
  const size = (await datastore.stat(path))?.sizeBytes ?? 0;
  if (size === 0) return [];
  const { body } = await datastore.download(path, { start: Math.max(0, size - tailBytes) });
  const text = printable(await new Response(body).text());
  return text.trimEnd().split("\n").slice(-linesMax);
}

/** Without what a terminal would obey: escape sequences, carriage returns, other control characters. */
export function printable(text: string): string {
  return text
    .replace(/\u001b\[[\d;?]*[ -/]*[@-~]/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

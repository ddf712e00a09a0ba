/** Files between this machine and a datastore, over HTTP. */
import { VicError, type Code } from "../errors/errors.ts";
import type { Client } from "../vim25/client.ts";
import { pause } from "../vim25/gate.ts";
import type { Entry } from "./inventory-map.ts";

const triesMax = 5;
const retryMs = { first: 1000, most: 60_000 };
const tailBytes = 64 * 1024;

const codes: Record<number, Code> = {
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  413: "exhausted",
  507: "exhausted",
};

/** `/folder/...` of `[datastore] path`. */
export function folderUrl(datacenter: Entry, path: string): string {
  const match = /^\[([^\]]+)\] *(.+)$/.exec(path);
  if (!match) throw new VicError("internal", `"${path}" is not a datastore path`);
  const [, name = "", relative = ""] = match;
  const encoded = relative.split("/").map(encodeURIComponent).join("/");
  const query = new URLSearchParams({ dcPath: datacenter.path.slice(1), dsName: name });
  return `/folder/${encoded}?${query}`;
}

/** Options of {@link uploadFile}. */
export interface UploadOptions {
  signal: AbortSignal;
  onProgress(percent: number): void;
}

/** Uploads a file to `[datastore] path`; tries again while the target is away. */
export async function uploadFile(
  client: Client,
  datacenter: Entry,
  localPath: string,
  path: string,
  options: UploadOptions,
): Promise<void> {
  let delay = retryMs.first;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await uploadOnce(client, folderUrl(datacenter, path), localPath, path, options);
    } catch (error) {
      const { code } = VicError.from(error);
      if (code !== "unavailable" || attempt >= triesMax) throw error;
    }
    await pause(delay, options.signal);
    delay = Math.min(delay * 2, retryMs.most);
  }
}

async function uploadOnce(
  client: Client,
  url: string,
  localPath: string,
  path: string,
  { signal, onProgress }: UploadOptions,
): Promise<void> {
  const file = Bun.file(localPath);
  let sent = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      sent += chunk.length;
      onProgress(Math.floor((sent / file.size) * 100));
      controller.enqueue(chunk);
    },
  });
  const response = await client.fetch(url, {
    method: "PUT",
    headers: { "content-length": String(file.size), "content-type": "application/octet-stream" },
    body: file.stream().pipeThrough(counter),
    signal,
  });
  await expectOk(response, `uploading ${path}`);
}

async function expectOk(response: Response, what: string): Promise<void> {
  const text = await response.text();
  if (response.ok) return;
  const code = codes[response.status] ?? (response.status >= 500 ? "unavailable" : "invalid");
  const told = text.trim().slice(0, 300) || `HTTP status ${response.status}`;
  throw new VicError(code, `${what}: ${told}`, {
    ...(code === "exhausted" ? { hint: "free space on the datastore" } : {}),
  });
}

/** The last lines of a text file on a datastore. */
export async function readTail(
  client: Client,
  datacenter: Entry,
  path: string,
  linesMax: number,
): Promise<string[]> {
  const url = folderUrl(datacenter, path);
  const head = await client.fetch(url, { method: "HEAD" });
  await expectOk(head, `reading ${path}`);
  const size = Number(head.headers.get("content-length") ?? 0);
  if (size === 0) return [];
  const start = Math.max(0, size - tailBytes);
  const response = await client.fetch(url, { headers: { range: `bytes=${start}-${size - 1}` } });
  const text = await response.text();
  if (!response.ok) return [];
  return printable(text).trimEnd().split("\n").slice(-linesMax);
}

/** Without what a console would obey: escape sequences, carriage returns, other control characters. */
function printable(text: string): string {
  return text
    .replace(/\u001b\[[\d;?]*[ -/]*[@-~]/g, "")
    .replaceAll("\r\n", "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

import { open, rename, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { VicError, type Code } from "../../errors/errors.ts";
import { faultOf } from "../fault.ts";
import type { Datastore } from "./datastore.ts";
import type { Datastores } from "./datastores.ts";
import { writeAll } from "./copy-sparse.ts";
import { type Stat, stat as statOf, syncFolder } from "./files.ts";
import { baseName, type Place } from "./place.ts";
import { byteRange } from "./range.ts";

/** Room that an upload takes from the quota at a time, bytes. */
const claimBytes = 8 * 1024 * 1024;

const statusOf: Partial<Record<Code, number>> = {
  invalid: 400,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  exhausted: 507,
  unsupported: 405,
};

/** Answers requests below `/folder`: files of the datastores, as ESXi serves them. */
export async function serveFolder(
  datastores: Datastores,
  request: Request,
  datacenter: string,
  touch: () => void,
): Promise<Response> {
  try {
    const url = new URL(request.url);
    const queryOf = (name: string) =>
      `?dcPath=${encodeURIComponent(datacenter)}&dsName=${encodeURIComponent(name)}`;
    if (!isHere(url, datacenter)) return text(404, "no such datacenter");
    const dsName = url.searchParams.get("dsName");
    if (dsName === null) {
      const all = datastores.all().map(({ name }) => link("", name, queryOf(name)));
      return listing("Datastores", all);
    }
    const datastore = datastores.byName(dsName);
    if (!datastore) return text(404, "no such datastore");
    const query = queryOf(dsName);
    const place = datastore.places.at(decodePath(url.pathname));
    switch (request.method) {
      case "GET":
      case "HEAD":
        return await get(datastores, request, place, query);
      case "PUT":
        return await put(datastores, datastore, request, place, touch);
      case "DELETE":
        await datastores.files.delete(place);
        return new Response(null, { status: 204 });
      default:
        return text(405, "use GET, HEAD, PUT or DELETE", { allow: "GET, HEAD, PUT, DELETE" });
    }
  } catch (error) {
    const { fault, message } = faultOf(error);
    const status = fault === "NoDiskSpace" ? 507 : statusOf[VicError.from(error).code];
    return text(status ?? 500, message);
  }
}

function isHere(url: URL, datacenter: string): boolean {
  const wanted = url.searchParams.get("dcPath");
  return !wanted || wanted.replace(/^\/+|\/+$/g, "") === datacenter;
}

/** The path below /folder; each name is decoded on its own, so that an encoded "/" stays inside its name. */
function decodePath(pathname: string): string {
  const names = pathname.replace(/^\/folder\/?/, "").split("/");
  return names.map(decodeName).join("/");
}

function decodeName(name: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(name);
  } catch (cause) {
    throw new VicError("invalid", `"${name}" is not a path`, { cause });
  }
  if (decoded.includes("/")) throw new VicError("invalid", 'a name cannot hold "/"');
  return decoded;
}

async function get(
  datastores: Datastores,
  request: Request,
  place: Place,
  query: string,
): Promise<Response> {
  const stat = await statOf(place);
  if (!stat) return text(404, `"${place.text}" is not there`);
  if (stat.isDirectory()) {
    const entries = await datastores.files.list(place);
    const rows = entries.map((e) =>
      link(e.place.relative, baseName(e.place.relative), query, e.stat),
    );
    return listing(place.text, rows);
  }
  if (!stat.isFile()) return text(403, "not a file");
  const size = Number(stat.size);
  const headers = {
    "accept-ranges": "bytes",
    "last-modified": stat.mtime.toUTCString(),
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  };
  const range = byteRange(request.headers.get("range"), size);
  if (range === "unsatisfiable") {
    return text(416, "no such range", { "content-range": `bytes */${size}` });
  }
  const { start, end } = range ?? { start: 0, end: size };
  const length = { "content-length": String(end - start) };
  const status = range ? 206 : 200;
  const part = range ? { "content-range": `bytes ${start}-${end - 1}/${size}` } : {};
  if (request.method === "HEAD")
    return new Response(null, { status, headers: { ...headers, ...length, ...part } });
  return new Response(Bun.file(place.absolute).slice(start, end), {
    status,
    headers: { ...headers, ...part },
  });
}

async function put(
  datastores: Datastores,
  datastore: Datastore,
  request: Request,
  place: Place,
  touch: () => void,
): Promise<Response> {
  const { files, disks, intents } = datastores;
  await files.assertParent(place);
  const before = await statOf(place);
  if (before?.isDirectory() || place.relative === "") return text(409, "a folder has that name");
  assertReplaceable(datastores, place);
  const temporary = join(datastore.uploads, randomUUID());
  try {
    await receive(datastore, request, temporary, touch);
    assertReplaceable(datastores, place);
    intents.keep(place);
    await rename(temporary, place.absolute);
  } finally {
    await rm(temporary, { force: true });
  }
  // Whatever disk had that name is no more.
  disks.forget(place);
  const parent = datastore.places.parent(place);
  if (parent) await syncFolder(parent);
  return text(before ? 200 : 201, "");
}

/** What a running VM uses or a disk is based on stays as it is. */
function assertReplaceable({ locks, disks }: Datastores, place: Place): void {
  locks.assertFree(place);
  disks.assertRemovable(place);
}

/** Streams the body into a new file and syncs it. A body that ends early is an error. */
async function receive(
  datastore: Datastore,
  request: Request,
  path: string,
  touch: () => void,
): Promise<void> {
  const announced = request.headers.get("content-length");
  const expected = announced === null ? undefined : Number(announced);
  using claim = await datastore.space.claim(expected ?? 0);
  let claimed = expected ?? 0;
  await using file = await open(path, "wx", 0o600);
  let position = 0;
  for await (const chunk of request.body ?? []) {
    const bytes = chunk as Uint8Array;
    if (position + bytes.length > claimed) {
      claim.grow(claimBytes);
      claimed += claimBytes;
    }
    await writeAll(file, bytes, position);
    position += bytes.length;
    touch();
  }
  if (request.signal.aborted || (expected !== undefined && position !== expected)) {
    throw new VicError("invalid", `the body ended after ${position} bytes`);
  }
  await file.sync();
}

const text = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(message === "" ? null : `${message}\n`, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });

function link(path: string, name: string, query: string, stat?: Stat): string {
  const slash = !stat || stat.isDirectory() ? "/" : "";
  const size = stat?.isFile() ? `${stat.size}` : "-";
  const encoded = path.split("/").map(encodeURIComponent).join("/").replace(/'/g, "%27");
  const href = escapeHtml(`/folder/${encoded}${query}`);
  const when = stat ? stat.mtime.toISOString() : "";
  const label = escapeHtml(name + slash);
  return `<tr><td><a href="${href}">${label}</a></td><td>${when}</td><td>${size}</td></tr>`;
}

function listing(title: string, rows: string[]): Response {
  const head = `<!doctype html><title>Index of ${escapeHtml(title)}</title>`;
  const body = `<h1>Index of ${escapeHtml(title)}</h1><table>${rows.join("\n")}</table>`;
  return new Response(`${head}${body}\n`, {
    headers: { "content-type": "text/html; charset=utf-8", "x-content-type-options": "nosniff" },
  });
}

const escapeHtml = (s: string): string => s.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

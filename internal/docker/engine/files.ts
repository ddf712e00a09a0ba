/** `docker cp`, `docker diff` and `docker export`. */
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import type { Container, Event, PathStat } from "../../portlayer/api/types.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { findContainer } from "./lookup.ts";

/** Header with what is at a path: base64 of JSON. */
export const pathStatHeader = "X-Docker-Container-Path-Stat";

/** stat(2)'s type of an object and the bit that Go's os.FileMode has for it. */
const typeBits: [type: number, bit: number][] = [
  [0o040000, 0x80000000],
  [0o120000, 0x08000000],
  [0o060000, 0x04000000],
  [0o010000, 0x02000000],
  [0o140000, 0x01000000],
  [0o020000, 0x04000000 | 0x00200000],
];
/** set-user-ID, set-group-ID and sticky. */
const specialBits: [mode: number, bit: number][] = [
  [0o4000, 0x00800000],
  [0o2000, 0x00400000],
  [0o1000, 0x00100000],
];

/** What is at a path, as the header's value. */
export async function statPath(
  engine: Engine,
  ref: string,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const container = await findFor(engine, ref, path);
  const stat = await explained(
    ref,
    path,
    engine.portLayer.statPath(container.record.id, path, signal),
  );
  return Buffer.from(JSON.stringify(shownStat(stat))).toString("base64");
}

/** The tar stream of a path, with the header's value. */
export async function readPath(
  engine: Engine,
  ref: string,
  path: string,
  signal: AbortSignal,
): Promise<{ stat: string; body: ReadableStream<Uint8Array> }> {
  const stat = await statPath(engine, ref, path, signal);
  const { record } = await findContainer(engine, ref);
  const body = await engine.portLayer.readFiles(record.id, { kind: "read", path }, signal);
  await tell(engine, record, "archive-path");
  return { stat, body };
}

/** How to unpack. */
export interface WriteOptions {
  path: string;
  keepKinds: boolean;
}

/** Unpacks an archive into a directory of the container. */
export async function writePath(
  engine: Engine,
  ref: string,
  options: WriteOptions,
  archive: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const container = await findFor(engine, ref, options.path);
  const hostConfig = container.record.docker.hostConfig as { ReadonlyRootfs?: boolean } | null;
  if (hostConfig?.ReadonlyRootfs) {
    throw new VicError("forbidden", "container rootfs is marked read-only");
  }
  const request = { kind: "write" as const, ...options };
  const written = engine.portLayer.writeFiles(container.record.id, request, archive, signal);
  await explained(ref, options.path, written);
  await tell(engine, container.record, "extract-to-dir");
}

/** Everything in the container as one tar stream. */
export async function exportContainer(
  engine: Engine,
  ref: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { record } = await findContainer(engine, ref);
  const body = await engine.portLayer.readFiles(record.id, { kind: "export" }, signal);
  await tell(engine, record, "export");
  return body;
}

/** What the container changed; null for nothing, as Docker has it. */
export async function containerChanges(
  engine: Engine,
  ref: string,
  signal: AbortSignal,
): Promise<{ Path: string; Kind: number }[] | null> {
  const { record } = await findContainer(engine, ref);
  const changes = await engine.portLayer.changes(record.id, signal);
  if (changes.length === 0) return null;
  return changes.map(({ path, kind }) => ({ Path: path, Kind: kind }));
}

async function tell(
  engine: Engine,
  record: Container["record"],
  action: Event["action"],
): Promise<void> {
  await engine.events.emit("container", action, record.id, attributesOf(record));
}

async function findFor(engine: Engine, ref: string, path: string): Promise<Container> {
  // As every dockerd spells it.
  if (path === "") throw new VicError("invalid", "bad parameter: pathcannot be empty");
  return findContainer(engine, ref);
}

/** A path that is not there is told as Docker tells it. */
async function explained<T>(ref: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = VicError.from(error);
    if (code !== "not-found" || !message.startsWith("no such file")) throw error;
    throw new VicError(
      "not-found",
      `Could not find the file ${posix.join("/", path)} in container ${ref}`,
      { cause: error },
    );
  }
}

/** container.PathStat of the Engine API; `mode` is Go's os.FileMode. */
function shownStat(stat: PathStat): Record<string, unknown> {
  const ns = BigInt(stat.mtimeNs);
  const seconds = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = (ns % 1_000_000_000n).toString().padStart(9, "0").replace(/0+$/, "");
  return {
    name: stat.name,
    size: stat.sizeBytes,
    mode: goMode(stat.mode),
    mtime: `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`,
    linkTarget: stat.linkTarget,
  };
}

/** Mode bits of stat(2) as Go's os.FileMode. A link's permissions are those of Linux, whatever its layer's archive said. */
export function goMode(mode: number): number {
  const isLink = (mode & 0o170000) === 0o120000;
  let bits = isLink ? 0o777 : mode & 0o777;
  const type = typeBits.find(([value]) => (mode & 0o170000) === value);
  if (type) bits += type[1];
  for (const [value, bit] of specialBits) if (mode & value) bits += bit;
  return bits;
}

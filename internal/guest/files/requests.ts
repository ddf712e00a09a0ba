/** What docker cp, export, diff and commit ask of a container's files; the same in its VM and on its disks. */
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { asLayer, changesOf, type OverlayParts } from "./changes.ts";
import { Scope } from "./scope.ts";
import { untar, type UntarOptions } from "./tar-in.ts";
import { tarOf } from "./tar-out.ts";
import { usedBytes } from "./usage.ts";

/** Changes sent at once. */
const changesPerChunk = 500;

/** Where a container's files are. */
export interface ContainerFiles extends OverlayParts {
  /** Everything merged, as the container sees it. */
  root: string;
}

/** What is asked for; {@link respond} says what comes back. */
export type FileRequest =
  | { kind: "stat"; path: string }
  | { kind: "read"; path: string }
  | { kind: "export" }
  /** Its own changes as a layer; `hold`: its processes stand still meanwhile, if it runs. */
  | { kind: "layer"; hold?: boolean }
  | { kind: "changes" }
  /** Bytes of its own changes. */
  | { kind: "usage" }
  | ({ kind: "write"; path: string } & UntarOptions);

/** What is at a path. */
export interface PathStat {
  name: string;
  sizeBytes: number;
  /** As stat(2) has it, type included. */
  mode: number;
  /** Nanoseconds since the epoch, decimal. */
  mtimeNs: string;
  /** Where a link leads in the end, "" for what is none. */
  linkTarget: string;
}

/**
 * Does what is asked. Bytes that come back: JSON of a {@link PathStat}; a tar stream; lines of JSON, each a list of
 * changes; a number of bytes as JSON. Errors are those of {@link Scope.find} and {@link untar}.
 */
export async function* respond(
  files: ContainerFiles,
  request: FileRequest,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  switch (request.kind) {
    case "stat":
      yield Buffer.from(JSON.stringify(statOf(files.root, checked(request.path))));
      return;
    case "read": {
      using scope = new Scope(files.root);
      using found = scope.find(checked(request.path), false);
      return yield* tarOf(found, baseName(request.path));
    }
    case "export": {
      using scope = new Scope(files.root);
      using found = scope.find("/", false);
      return yield* tarOf(found, "");
    }
    case "layer": {
      using scope = new Scope(files.upper);
      using found = scope.find("/", false);
      return yield* tarOf(found, "", { choose: asLayer });
    }
    case "changes":
      return yield* changeLines(files);
    case "usage":
      yield Buffer.from(JSON.stringify(await usedBytes(files.upper)));
      return;
    case "write": {
      using scope = new Scope(files.root);
      return await untar(scope, checked(request.path), input, request);
    }
    default:
      throw new VicError("invalid", "unknown request for files");
  }
}

function* changeLines(files: ContainerFiles): Generator<Uint8Array> {
  let some = [];
  for (const change of changesOf(files)) {
    some.push(change);
    if (some.length < changesPerChunk) continue;
    yield Buffer.from(`${JSON.stringify(some)}\n`);
    some = [];
  }
  if (some.length > 0) yield Buffer.from(`${JSON.stringify(some)}\n`);
}

function checked(path: unknown): string {
  if (typeof path !== "string" || path === "") throw new VicError("invalid", "no path");
  return path.startsWith("/") ? path : `/${path}`;
}

function statOf(root: string, path: string): PathStat {
  using scope = new Scope(root);
  using found = scope.find(path, false);
  const { stat } = found;
  return {
    name: baseName(path),
    sizeBytes: Number(stat.size),
    mode: Number(stat.mode),
    mtimeNs: String(stat.mtimeNs),
    linkTarget: found.linkTarget === undefined ? "" : linkEnd(scope, path, found),
  };
}

function linkEnd(
  scope: Scope,
  path: string,
  link: { inside: string; linkTarget: string | undefined },
): string {
  try {
    using end = scope.find(path, true);
    return end.inside;
  } catch {
    // It leads nowhere: where it would lead.
    return posix.resolve(posix.dirname(link.inside), link.linkTarget ?? "");
  }
}

/** Name of the first entry of an archive: the last of the path, `.` and `/` kept as they are asked for. */
export function baseName(path: string): string {
  if (/(^|\/)\.$/.test(path)) return ".";
  return posix.basename(posix.join("/", path)) || "/";
}

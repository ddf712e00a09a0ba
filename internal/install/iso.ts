import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { VicError } from "../errors/errors.ts";
import { versionString } from "../version/version.ts";

/** An ISO file on this machine. */
export interface Iso {
  path: string;
  sizeBytes: number;
  /** `v2.0.0-17-1a2b3c4` */
  version: string;
}

/** Primary volume descriptor of ISO 9660: sector 16. */
const descriptorOffset = 0x8000;
const descriptorBytes = 2048;
const publisherOffset = 318;
const publisherBytes = 128;

/** Finds an ISO: as named, else in `cwd`, else beside this program. */
export function findIso(flag: string, given: string | undefined, cwd: string): string {
  const name = flag.replace(/-iso$/, ".iso");
  const places = given
    ? [resolve(cwd, given)]
    : [join(cwd, name), join(dirname(process.execPath), name)];
  const found = places.find((path) => existsSync(path) && statSync(path).isFile());
  if (found !== undefined) return found;
  throw new VicError("not-found", `Unable to find ${flag}: ${places.join(" and ")} is not a file`, {
    hint: `name it with --${flag}`,
  });
}

/** Reads what an ISO says of itself: its publisher's last word is its version. */
export function readIso(path: string): Iso {
  const descriptor = Buffer.alloc(descriptorBytes);
  let sizeBytes = 0;
  try {
    const file = openSync(path, "r");
    try {
      sizeBytes = statSync(path).size;
      readSync(file, descriptor, 0, descriptorBytes, descriptorOffset);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new VicError("invalid", `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (descriptor.toString("latin1", 1, 6) !== "CD001") {
    throw new VicError("damaged", `${path} is not an ISO image`, {
      hint: "build it again, or name another file",
    });
  }
  const end = publisherOffset + publisherBytes;
  const publisher = descriptor.toString("latin1", publisherOffset, end).trim();
  return { path, sizeBytes, version: publisher.split(/\s+/).at(-1) ?? "" };
}

/** `v2.0.0-17` of `v2.0.0-17-1a2b3c4`: what has to be equal. */
const comparable = (version: string) => version.split("-").slice(0, 2).join("-");

/** Throws unless installer and ISO are of one version; `warn` is told instead when `force` is on. */
export function checkIsoVersion(iso: Iso, force: boolean, warn: (line: string) => void): void {
  if (comparable(iso.version) === comparable(versionString)) return;
  const text = `${iso.path} has version "${iso.version}", this installer ${versionString}`;
  if (!force) {
    throw new VicError("invalid", text, { hint: "use files of one build, or --force to mix them" });
  }
  warn(text);
}

/** `--log-driver` and `--log-opt`: a ring of files on the container's disk, sized by the options of json-file, or no log. */
import { VicError } from "../../errors/errors.ts";
import type { Container, CreateContainer } from "../../portlayer/api/types.ts";
import type { Fields } from "../wire/decode.ts";
import { refused } from "./refused.ts";

/** Ring size of a container that does not say: the log shares the container's disk. */
const maxBytesDefault = 20 * 1024 * 1024;
const maxFilesDefault = 5;
const filesMax = 1000;
const units: Record<string, number> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Options of json-file that ask for what is so anyway. */
const harmless: Record<string, string> = { mode: "blocking", compress: "false" };

/** The ring of log files; with `none` there are no files. */
export function logLimits(logConfig: Fields): CreateContainer["log"] {
  const type = logConfig.string("Type");
  if (type === "none") return { maxBytes: 0, maxFiles: 0 };
  if (!["", "json-file", "local"].includes(type)) {
    throw refused(
      `--log-driver ${type}`,
      "use json-file, with --log-opt max-size to keep it short, or none",
    );
  }
  const options = logConfig.stringMap("Config");
  for (const [name, value] of Object.entries(options)) {
    if (name === "max-size" || name === "max-file" || harmless[name] === value) continue;
    throw refused(`--log-opt ${name}=${value}`, "use max-size and max-file");
  }
  return {
    maxBytes: options["max-size"] === undefined ? maxBytesDefault : size(options["max-size"]),
    maxFiles: options["max-file"] === undefined ? maxFilesDefault : count(options["max-file"]),
  };
}

function size(text: string): number {
  if (text === "-1") return 0;
  const match = /^(\d{1,12})([bkmg]?)b?$/i.exec(text.trim());
  const bytes = Number(match?.[1]) * (units[(match?.[2] ?? "").toLowerCase()] ?? 0);
  if (bytes > 0) return bytes;
  throw new VicError("invalid", `invalid value for max-size: ${text}`);
}

function count(text: string): number {
  const files = Number(text);
  if (/^\d{1,4}$/.test(text) && files >= 1 && files <= filesMax) return files;
  throw new VicError("invalid", `invalid value for max-file: ${text}`);
}

/** Throws as dockerd does when a container has no log. */
export function checkReadable({ record }: Container): void {
  const { LogConfig } = (record.docker.hostConfig ?? {}) as { LogConfig?: { Type?: string } };
  if (LogConfig?.Type === "none")
    throw new VicError("unsupported", "configured logging driver does not support reading");
}

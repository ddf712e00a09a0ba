/** `docker commit --change`: the Dockerfile instructions that only change an image's config. */
import { posix } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { parsePort } from "./ports.ts";

/** Config of an image, as far as instructions change it. */
export interface CommitConfig extends Record<string, unknown> {
  Cmd?: string[] | null;
  Entrypoint?: string[] | null;
  Env?: string[] | null;
  ExposedPorts?: Record<string, object>;
  Labels?: Record<string, string> | null;
  OnBuild?: string[] | null;
  StopSignal?: string;
  User?: string;
  Volumes?: Record<string, object> | null;
  WorkingDir?: string;
}

type Apply = (config: CommitConfig, rest: string) => void;

const instructions: Record<string, Apply> = {
  CMD: (config, rest) => void (config.Cmd = command(rest)),
  ENTRYPOINT: (config, rest) => void (config.Entrypoint = command(rest)),
  ENV(config, rest) {
    for (const [name, value] of pairs(rest)) {
      const others = (config.Env ?? []).filter((entry) => !entry.startsWith(`${name}=`));
      config.Env = [...others, `${name}=${value}`];
    }
  },
  EXPOSE(config, rest) {
    for (const word of words(rest)) {
      const { port, protocol } = parsePort(word);
      config.ExposedPorts = { ...config.ExposedPorts, [`${port}/${protocol}`]: {} };
    }
  },
  LABEL(config, rest) {
    config.Labels = { ...config.Labels, ...Object.fromEntries(pairs(rest)) };
  },
  ONBUILD: (config, rest) => void (config.OnBuild = [...(config.OnBuild ?? []), rest]),
  STOPSIGNAL: (config, rest) => void (config.StopSignal = one(rest)),
  USER: (config, rest) => void (config.User = one(rest)),
  VOLUME(config, rest) {
    const paths = list(rest) ?? words(rest);
    const added = Object.fromEntries(paths.map((path) => [path, {}]));
    config.Volumes = { ...config.Volumes, ...added };
  },
  WORKDIR(config, rest) {
    config.WorkingDir = posix.resolve(config.WorkingDir || "/", one(rest));
  },
};

/** Applies instructions in order; the given config stays as it is. Throws `invalid` for what commit does not take. */
export function applyChanges(config: CommitConfig, changes: string[]): CommitConfig {
  const changed = structuredClone(config);
  for (const line of changes.flatMap((change) => change.split("\n"))) {
    if (line.trim() === "") continue;
    const [, name = "", rest = ""] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(line) ?? [];
    const apply = instructions[name.toUpperCase()];
    if (!apply)
      throw new VicError("invalid", `${name.toLowerCase()} is not a valid change command`);
    if (rest === "")
      throw new VicError("invalid", `${name.toUpperCase()} requires at least one argument`);
    apply(changed, rest);
  }
  return changed;
}

/** The JSON form, or the words for a shell. */
function command(text: string): string[] {
  return list(text) ?? ["/bin/sh", "-c", text];
}

function list(text: string): string[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((word) => typeof word === "string")) return value;
  } catch {
    // A shell command that begins with a bracket, as in Docker.
  }
  return undefined;
}

function one(text: string): string {
  const all = words(text);
  if (all.length !== 1) throw new VicError("invalid", `exactly one argument is needed: ${text}`);
  return all[0]!;
}

/** Words as Dockerfiles have them: quotes keep spaces, a backslash the next character. */
function words(text: string): string[] {
  const found: string[] = [];
  const pattern = /(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+))(\s*)/gsy;
  let word = "";
  for (const match of text.matchAll(pattern)) {
    const [, double, single, escaped, plain, space] = match;
    word += double?.replace(/\\(.)/gs, "$1") ?? single ?? escaped ?? plain ?? "";
    if (space === "" && match.index + match[0].length < text.length) continue;
    found.push(word);
    word = "";
  }
  return found;
}

/** `a=b c="d e"`, or the old `a b c` where the rest of the line is the value. */
function pairs(text: string): [string, string][] {
  if (!/^\S*=/.test(text)) {
    const [, name = "", value = ""] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
    if (value === "") throw new VicError("invalid", `${text} must have two arguments`);
    return [[name, value]];
  }
  return words(text).map((word) => {
    const at = word.indexOf("=");
    if (at < 1)
      throw new VicError("invalid", `can't find = in "${word}"; must be of the form: name=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
}

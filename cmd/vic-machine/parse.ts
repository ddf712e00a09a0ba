import { parseArgs } from "node:util";
import { VicError } from "../../internal/errors/errors.ts";
import type { RawOptions } from "../../internal/install/options.ts";
import type { Flag } from "./shared-flags.ts";

/** Values of a switch as `--switch=value`. */
const switchValues: Record<string, boolean> = {
  true: true,
  t: true,
  "1": true,
  false: false,
  f: false,
  "0": false,
};

interface Spelling {
  spelling: string;
  flag: Flag;
}

/**
 * Reads the arguments of a verb. Spellings with one dash are as good as with two (`-name x`, `-kv`), switches take
 * `=true` and `=false`; anything unknown is an error. Flags that are absent come from the environment.
 */
export function parseFlags(
  app: string,
  verb: string,
  flags: readonly Flag[],
  args: readonly string[],
  env: Record<string, string | undefined>,
): RawOptions {
  const spellings = flags.flatMap((flag): Spelling[] =>
    [flag.name, ...(flag.aliases ?? [])].map((spelling) => ({ spelling, flag })),
  );
  const off = new Set<string>();
  const normal = args.flatMap((arg) => normalize(arg, spellings, off));
  const options = Object.fromEntries(
    spellings.map(({ spelling, flag }) => [
      spelling,
      {
        type: flag.type === "switch" ? ("boolean" as const) : ("string" as const),
        multiple: flag.type === "list",
      },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: normal, options, strict: true, allowPositionals: true });
  } catch (cause) {
    throw new VicError("invalid", unquote((cause as Error).message), {
      hint: `${app} ${verb} --help lists what there is`,
      cause,
    });
  }
  const [stray] = parsed.positionals;
  if (stray !== undefined) {
    throw new VicError("invalid", `invalid CLI arguments: Unknown argument: ${stray}`, {
      hint: `${app} ${verb} --help lists what there is`,
    });
  }
  const raw: RawOptions = {};
  for (const flag of flags) {
    const given = [flag.name, ...(flag.aliases ?? [])].flatMap((s) => parsed.values[s] ?? []);
    const last = given.at(-1);
    if (flag.type === "list") {
      if (given.length > 0) raw[flag.name] = given.map(String);
    } else if (last !== undefined) raw[flag.name] = last;
    else if (off.has(flag.name)) raw[flag.name] = false;
    else if (flag.env !== undefined && env[flag.env] !== undefined) raw[flag.name] = env[flag.env];
  }
  return raw;
}

/** First sentence of parseArgs's text; the rest speaks to programmers. */
const unquote = (message: string) => message.split(/\.\s/)[0]!.replace(/\.$/, "");

function normalize(arg: string, spellings: readonly Spelling[], off: Set<string>): string[] {
  const match = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(arg);
  if (!match) return [arg];
  const [, spelling = "", value] = match;
  const flag = spellings.find((s) => s.spelling === spelling)?.flag;
  const whole = `--${spelling}${value === undefined ? "" : `=${value}`}`;
  if (flag?.type !== "switch" || value === undefined) return [whole];
  const isOn = switchValues[value.toLowerCase()];
  if (isOn === undefined) {
    throw new VicError("invalid", `--${spelling} is true or false, not "${value}"`);
  }
  if (isOn) return [`--${spelling}`];
  off.add(flag.name);
  return [];
}

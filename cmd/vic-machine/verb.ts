/** What all verbs have in common: flags, help, banner, log, interruption, time limit, and how they end. */
import { defineCommand, type CommandDef } from "citty";
import { basename, join } from "node:path";
import { VicError } from "../../internal/errors/errors.ts";
import type { Context } from "../../internal/install/context.ts";
import { createLog, type Log } from "../../internal/install/log.ts";
import type { RawOptions } from "../../internal/install/options.ts";
import { parseDurationMs } from "../../internal/install/values.ts";
import { verbHelp } from "./help-text.ts";
import { parseFlags } from "./parse.ts";
import { askSecret } from "./prompt.ts";
import type { Flag } from "./shared-flags.ts";

/** One verb. */
export interface Verb {
  name: string;
  about: string;
  flags: readonly Flag[];
  banner: string;
  /** Last line of a success; undefined for verbs whose output is all they say. */
  closing: string | undefined;
  /** How a time limit of the whole verb is told; undefined when --timeout limits only a part. */
  timedOut: string | undefined;
  notes?: readonly string[];
  /** Keep stdout for the result alone. */
  isQuiet?(raw: RawOptions): boolean;
  run(raw: RawOptions, context: Context): Promise<void>;
}

const timeoutMsDefault = 180_000;
const logFile = "vic-machine.log";

/** Name of this program. */
export const app = /^bun(\.exe)?$/.test(basename(process.execPath))
  ? "vic-machine"
  : basename(process.execPath).replace(/\.exe$/, "");

/** The citty command of a verb. */
export function command(verb: Verb): CommandDef {
  return defineCommand({
    meta: { name: verb.name, description: verb.about },
    run: async ({ rawArgs }) => {
      process.exitCode = await runVerb(verb, rawArgs);
    },
  });
}

/** Runs a verb to its exit code. */
export async function runVerb(verb: Verb, args: readonly string[]): Promise<number> {
  let log = createLog({ isVerbose: false, isQuiet: false, out: process.stdout });
  let context: Context | undefined;
  try {
    const raw = parseFlags(app, verb.name, verb.flags, args, process.env);
    if (raw["help"] === true || raw["extended-help"] === true) {
      const help = { app, verb: verb.name, about: verb.about, flags: verb.flags };
      console.log(verbHelp({ ...help, notes: verb.notes ?? [] }, raw["extended-help"] === true));
      return 0;
    }
    log = createLog({
      file: join(process.cwd(), logFile),
      isVerbose: Number(raw["debug"] ?? 0) > 0,
      isQuiet: verb.isQuiet?.(raw) ?? false,
      out: process.stdout,
    });
    log.info(verb.banner);
    context = makeContext(verb, raw, log);
    await verb.run(raw, context);
    if (verb.closing !== undefined) log.info(verb.closing);
    return 0;
  } catch (error) {
    tell(verb, log, context?.signal.aborted ? context.signal.reason : error, error);
    return 1;
  }
}

function makeContext(verb: Verb, raw: RawOptions, log: Log): Context {
  const signals = [interruption(log)];
  if (verb.timedOut !== undefined) {
    const given = raw["timeout"];
    const ms = typeof given === "string" ? parseDurationMs("timeout", given) : timeoutMsDefault;
    signals.push(timeLimit(ms, verb.timedOut));
  }
  const signal = AbortSignal.any(signals);
  return {
    log,
    signal,
    cwd: process.cwd(),
    app,
    askPassword: (question) => askSecret(question, process.stdin, process.stderr, signal),
    print: (text) => process.stdout.write(text),
  };
}

/** Aborted by the first Ctrl-C; the second ends the program at once. */
function interruption(log: Log): AbortSignal {
  const controller = new AbortController();
  let count = 0;
  const onSignal = () => {
    count += 1;
    if (count > 1) {
      log.error("Interrupted again: quitting at once, what was made may be left behind");
      process.exit(1);
    }
    log.warn("Interrupted: cleaning up; once more quits at once");
    controller.abort(new VicError("cancelled", "interrupted"));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return controller.signal;
}

function timeLimit(ms: number, what: string): AbortSignal {
  const controller = new AbortController();
  const error = new VicError("cancelled", `${what} timed out: use --timeout to add more time`);
  setTimeout(() => controller.abort(error), ms).unref();
  return controller.signal;
}

function tell(verb: Verb, log: Log, reason: unknown, error: unknown): void {
  const told = VicError.from(reason);
  const debug = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.debug(debug);
  for (let cause = (error as Error).cause; cause instanceof Error; cause = cause.cause) {
    log.debug(`caused by ${cause.stack ?? cause.message}`);
  }
  log.error("-".repeat(20));
  log.error(`${app} ${verb.name} failed: ${told.text}`);
}

/** Log lines of the port layer: stderr, one line each; init files them. */

/** Longest line, characters: what a guest says must not flood the log. */
const lineMaxChars = 4096;
type Level = "debug" | "info" | "warn" | "error";

function write(level: Level, part: string, text: string): void {
  const line = text.replaceAll(/[\u0000-\u001f\u007f]+/g, " ").slice(0, lineMaxChars);
  process.stderr.write(`${new Date().toISOString()} ${level.padEnd(5)} ${part}: ${line}\n`);
}

/** A logger whose lines name the part of the port layer they come from. */
export interface Logger {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** Set from the VCH's debug level when the port layer starts. */
const settings = { isDebug: false };

/** Shows debug lines from now on, or no longer. */
export function setDebug(isDebug: boolean): void {
  settings.isDebug = isDebug;
}

/**
 * A logger for one part.
 *
 * @example const log = logger("exec"); log.info("web: started");
 */
export function logger(part: string): Logger {
  return {
    debug: (text) => {
      if (settings.isDebug) write("debug", part, text);
    },
    info: (text) => write("info", part, text),
    warn: (text) => write("warn", part, text),
    error: (text) => write("error", part, text),
  };
}

/** What the user sees, and the log file beside it. */
import { appendFileSync } from "node:fs";
import { VicError } from "../errors/errors.ts";

/** Where lines for the user go. Nothing secret may be passed to it. */
export interface Log {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  /** Tells how far something is, on a terminal by a line that is written over; `undefined` ends it. */
  progress(line: string | undefined): void;
}

type Level = "debug" | "info" | "warn" | "error";

/** Where and how much a {@link createLog} writes. */
export interface LogOptions {
  /** Undefined: no log file. */
  file?: string;
  /** Show debug lines on the console too. */
  isVerbose: boolean;
  /** Write nothing to the console but errors. */
  isQuiet: boolean;
  out: { write(text: string): unknown; isTTY?: boolean };
}

const colors: Record<Level, string> = {
  debug: "\u001b[37m",
  info: "\u001b[36m",
  warn: "\u001b[33m",
  error: "\u001b[31m",
};
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** `Nov  4 2026 12:00:00.000Z` */
export function formatTime(date: Date): string {
  const iso = date.toISOString();
  const day = String(date.getUTCDate()).padStart(2, " ");
  return `${months[date.getUTCMonth()]} ${day} ${iso.slice(0, 4)} ${iso.slice(11)}`;
}

/** Makes a log; a file that cannot be written is told once and then left alone. */
export function createLog(options: LogOptions): Log {
  const started = Date.now();
  let file = options.file;
  let line = 0;
  let shown = "";
  const { out } = options;

  function clear(): void {
    if (shown === "") return;
    out.write(`\r${" ".repeat(Bun.stringWidth(shown))}\r`);
    shown = "";
  }

  function toConsole(level: Level, text: string): void {
    clear();
    const name = level.toUpperCase().slice(0, 5);
    const seconds = String(Math.floor((Date.now() - started) / 1000)).padStart(4, "0");
    const head = out.isTTY ? `${colors[level]}${name}\u001b[0m` : name;
    out.write(`${head}[${seconds}] ${text}\n`);
  }

  function toFile(level: Level, text: string): void {
    if (file === undefined) return;
    line += 1;
    const head = `${formatTime(new Date())} ${level.toUpperCase()} op=${process.pid}.${line}:`;
    try {
      appendFileSync(file, `${head} ${text}\n`, { mode: 0o644 });
    } catch (error) {
      const failed = file;
      file = undefined;
      if (!options.isQuiet) {
        toConsole("warn", `${failed} cannot be written: ${VicError.from(error).message}`);
      }
    }
  }

  function write(level: Level, text: string): void {
    toFile(level, text);
    const isShown = level === "debug" ? options.isVerbose : true;
    if (isShown && (!options.isQuiet || level === "error")) toConsole(level, text);
  }

  return {
    debug: (text) => write("debug", text),
    info: (text) => write("info", text),
    warn: (text) => write("warn", text),
    error: (text) => write("error", text),
    progress(text) {
      if (!out.isTTY || options.isQuiet || text === shown) return;
      clear();
      if (text === undefined) return;
      out.write(text);
      shown = text;
    },
  };
}

/** The tether's own log, on the VM's first serial port. A port that does not take it makes it lossy, never slow. */
import { constants, openSync, writeSync } from "node:fs";

const lineMaxBytes = 2000;
const device = "/dev/ttyS0";
let level = 0;
let fd: number | undefined;
let dropped = 0;

/** Which messages are written: those of at most this level. */
export function setDebugLevel(value: number): void {
  level = value;
}

/** Writes a line when the debug level is at least `at`; level 0 is always written. Never throws. */
export function debug(at: number, message: string): void {
  if (at > level) return;
  const seconds = (performance.now() / 1000).toFixed(3).padStart(9);
  const lost = dropped > 0 ? `(${dropped} lines lost) ` : "";
  const line = `[${seconds}] tether: ${lost}${message.slice(0, lineMaxBytes).replaceAll("\n", "\r\n  ")}\r\n`;
  try {
    fd ??= openSync(device, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    writeSync(fd, line);
    dropped = 0;
  } catch {
    dropped++;
  }
}

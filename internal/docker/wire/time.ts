/** Docker's notations of time. */
import { VicError } from "../../errors/errors.ts";

/** Go's zero time, Docker's "never". */
export const never = "0001-01-01T00:00:00Z";

/** RFC 3339 with nine fractional digits. */
export function rfc3339Nano(timeNs: bigint): string {
  const whole = new Date(Number(timeNs / 1_000_000n)).toISOString().slice(0, 19);
  return `${whole}.${(timeNs % 1_000_000_000n).toString().padStart(9, "0")}Z`;
}

const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Go's notation of a duration, like `1h30m`, in milliseconds. */
function durationMs(text: string): number | undefined {
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:h|ms|m|s))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(h|ms|m|s)/g);
  return Math.round(
    parts.reduce((sum, [, value, unit]) => sum + Number(value) * unitMs[unit!]!, 0),
  );
}

/**
 * Seconds since the epoch with an optional fraction (what the CLI sends), RFC 3339, or how long ago (which the CLI
 * leaves to the engine in the filters of a prune), in nanoseconds.
 */
export function parseTimestamp(text: string): bigint {
  const match = /^(\d{1,12})(?:\.(\d{1,9})\d*)?$/.exec(text);
  if (match) {
    return BigInt(match[1]!) * 1_000_000_000n + BigInt((match[2] ?? "").padEnd(9, "0"));
  }
  const ago = durationMs(text);
  const ms = ago === undefined ? Date.parse(text) : Math.max(Date.now() - ago, 0);
  if (Number.isNaN(ms) || ms < 0) {
    throw new VicError("invalid", `invalid timestamp "${text}"`);
  }
  return BigInt(ms) * 1_000_000n;
}

/** Whole seconds since the epoch of an RFC 3339 time; 0 for "". */
export function unixSeconds(time: string): number {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? 0 : Math.floor(ms / 1000);
}

/** A duration as `docker ps` shows it (Go units.HumanDuration). */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "Less than a second";
  if (seconds === 1) return "1 second";
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return "About a minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(seconds / 3600 + 0.5);
  if (hours === 1) return "About an hour";
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(hours / 24 / 365)} years`;
}

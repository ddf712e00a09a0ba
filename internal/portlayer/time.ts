/** Times as the wire has them, and bounded waiting. */
import { VicError } from "../errors/errors.ts";

/** The fine clock follows the coarse one when that was set, by more than their rounding. */
const driftMaxMs = 20;
let originMs = performance.timeOrigin;

/** Nanoseconds since the epoch, to the microsecond. */
export function nowNs(): bigint {
  const driftMs = Date.now() - (originMs + performance.now());
  if (Math.abs(driftMs) > driftMaxMs) originMs += driftMs;
  return BigInt(Math.round((originMs + performance.now()) * 1000)) * 1000n;
}

/** RFC 3339 with nanoseconds. */
function formatNs(ns: bigint): string {
  const seconds = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}.${String(ns % 1_000_000_000n).padStart(9, "0")}Z`;
}

/** Now as RFC 3339 with nanoseconds. */
export function nowText(): string {
  return formatNs(nowNs());
}

/** What `promise` gives, or undefined after `ms`. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What `promise` gives, unless `signal` comes first: then `cancelled`. */
export async function orAbort<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new VicError("cancelled", "cancelled", { cause: signal.reason }));
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  promise.catch(() => {});
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Resolves after `ms`, or at once with a rejection when `signal` comes. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return orAbort(new Promise<void>((resolve) => setTimeout(resolve, ms)), signal);
}

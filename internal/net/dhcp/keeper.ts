import { VicError } from "../../errors/errors.ts";
import {
  acquire,
  release,
  renew,
  renewalDelaySeconds,
  type DhcpOptions,
  type Lease,
} from "./client.ts";

const acquireTimeoutMs = 10_000;
const renewTimeoutMs = 10_000;
const retryMs = 5_000;
/** Longest time a timer of the runtime can wait, ms. */
const timerMaxMs = 2 ** 31 - 1;

/** What {@link keepLease} does beside asking. */
export interface KeeperOptions extends DhcpOptions {
  signal: AbortSignal;
  /** Called with every new lease that differs from the one before, and with undefined when one is lost. */
  onLease: (lease: Lease | undefined) => Promise<void>;
  /** Called when nothing answered; it is tried again. */
  onTrouble: (error: unknown) => void;
}

/** Keeps an interface's lease until `signal` aborts; then gives the address back. */
export async function keepLease(options: KeeperOptions): Promise<void> {
  const { signal } = options;
  let previous: number | undefined;
  while (!signal.aborted) {
    try {
      let lease = await acquire(options, acquireTimeoutMs, previous);
      await options.onLease(lease);
      previous = lease.address.address;
      for (let next: Lease | undefined; (next = await holdLease(options, lease)); lease = next)
        if (isDifferent(lease, next)) await options.onLease(next);
      if (signal.aborted) return release(options, lease);
      await options.onLease(undefined);
    } catch (error) {
      if (signal.aborted) return;
      options.onTrouble(error);
      await pause(retryMs, signal);
    }
  }
}

/** Waits and renews until the server granted more time: the new lease, or undefined when it is lost. */
async function holdLease(options: KeeperOptions, lease: Lease): Promise<Lease | undefined> {
  const started = performance.now();
  for (;;) {
    const elapsed = (performance.now() - started) / 1000;
    if (elapsed >= lease.leaseSeconds) return undefined;
    const left = lease.leaseSeconds - elapsed;
    const delay = Math.min(renewalDelaySeconds(lease, elapsed), left);
    await pause(delay * 1000, options.signal);
    if (options.signal.aborted) return undefined;
    if ((performance.now() - started) / 1000 < Math.min(lease.renewSeconds, left)) continue;
    try {
      return await renew(options, lease, renewTimeoutMs);
    } catch (error) {
      if (!(error instanceof VicError && error.code === "unavailable")) throw error;
      options.onTrouble(error);
    }
  }
}

function isDifferent(a: Lease, b: Lease): boolean {
  const facts = (lease: Lease): string =>
    JSON.stringify([lease.address, lease.router, lease.nameservers, lease.domain]);
  return facts(a) !== facts(b);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = (): void => resolve();
  const timer = setTimeout(end, Math.min(ms, timerMaxMs));
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
}

/** Waiting for what the kernel is about to bring. */

const pollMs = 5;
/** Looking takes at most a fifth of the one processor that the kernel needs for what is waited for. */
const restPerLook = 4;

/** Calls `look` until it gives something; throws what `look` throws, and the signal's reason. */
export async function poll<T>(look: () => T | undefined, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const found = look();
    if (found !== undefined) return found;
    await Bun.sleep(Math.max(pollMs, restPerLook * (performance.now() - startedAt)));
  }
}

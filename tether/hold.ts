/** Processes that stand still while something is done with their files. */

/** What is held; a seam for tests. */
export interface Holdable {
  readonly isPaused: boolean;
  setPaused(isPaused: boolean): Promise<void>;
}

/**
 * Holds all processes while `work` goes on, and no longer: it ends when the connection of whoever wanted it does, so nobody
 * who is killed meanwhile leaves them standing still. What a user has paused stays so.
 */
export async function held(container: Holdable, work: () => Promise<void>): Promise<void> {
  if (container.isPaused) return work();
  try {
    await container.setPaused(true);
    await work();
  } finally {
    // They may have ended, or a user was faster.
    await container.setPaused(false).catch(() => {});
  }
}

import { VicError } from "../errors/errors.ts";

/** Told of each undo; both are lines for people. */
export interface UndoLog {
  info(line: string): void;
  warn(line: string): void;
}

/**
 * What has to be undone when a run fails, last made first undone.
 *
 * @example
 * await makeFolder(); undo.push("folder x", () => removeFolder());
 * // later, on failure: await undo.run(log); on success: undo.dismiss();
 */
export class Undo {
  #steps: { what: string; action: () => Promise<void> | void }[] = [];

  /** Registers the removal of something that was just made (or is about to be). */
  push(what: string, action: () => Promise<void> | void): void {
    this.#steps.push({ what, action });
  }

  /** How many things would be undone. */
  get size(): number {
    return this.#steps.length;
  }

  /** Undoes everything; one that fails is told and does not stop the others. Returns what is left behind. */
  async run(log: UndoLog): Promise<string[]> {
    const left: string[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.action();
        log.info(`Removed ${step.what}`);
      } catch (error) {
        left.push(step.what);
        log.warn(`Could not remove ${step.what}: ${VicError.from(error).text}`);
      }
    }
    return left;
  }

  /** The run succeeded: nothing is undone any more. */
  dismiss(): void {
    this.#steps = [];
  }
}

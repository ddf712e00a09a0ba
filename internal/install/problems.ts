import { VicError } from "../errors/errors.ts";

/** Collects everything wrong with a set of inputs, so that a user hears of all of it at once. */
export class Problems {
  readonly list: VicError[] = [];

  /** Notes a problem. */
  add(message: string, hint?: string): void {
    this.list.push(new VicError("invalid", message, hint === undefined ? {} : { hint }));
  }

  /** What `parse` returns; when it throws, the error is noted and `fallback` returned. */
  take<T>(parse: () => T, fallback: T): T {
    try {
      return parse();
    } catch (error) {
      this.list.push(VicError.from(error));
      return fallback;
    }
  }

  /** As {@link Problems.take}, for what has to be asked first. An interruption is thrown on. */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await question();
    } catch (error) {
      const problem = VicError.from(error);
      if (problem.code === "cancelled") throw problem;
      this.list.push(problem);
      return undefined;
    }
  }

  /** Throws one error naming all problems; returns when there is none. */
  check(title: string): void {
    const [only, ...others] = this.list;
    if (!only) return;
    if (others.length === 0) throw only;
    const lines = this.list.map((p) => `\n  - ${p.text}`).join("");
    throw new VicError("invalid", `${title}:${lines}`);
  }
}

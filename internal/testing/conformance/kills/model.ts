/** What docker has acknowledged, and what may have happened besides: a call that was cut off may have been done or not. */

/** What `docker ps` calls a container's state; `absent`: there is none. */
export type Status = "absent" | "created" | "running" | "exited";

/** A file of lines: all that are sure are there, in any order and once, and nothing but what may be there. */
export interface Lines {
  sure: Set<string>;
  maybe: Set<string>;
}

/** A container that one worker made. */
export interface ModelContainer {
  name: string;
  status: Status;
  /** What execs have written. */
  marks: Lines;
  /** Starts that were acknowledged, and that were tried: each one writes a line. */
  starts: { sure: number; most: number };
}

/** An image that was committed; `marks` as its container had them. */
export interface ModelImage {
  tag: string;
  marks: Lines;
}

/** All that a worker has. */
export interface Model {
  containers: Map<string, ModelContainer>;
  images: Map<string, ModelImage>;
}

/** A container as `docker create` leaves it. */
export const newContainer = (name: string): ModelContainer => ({
  name,
  status: "created",
  marks: { sure: new Set(), maybe: new Set() },
  starts: { sure: 0, most: 0 },
});

/** What is in a file now may be in it later; what is sure stays sure. */
export function copyLines({ sure, maybe }: Lines): Lines {
  return { sure: new Set(sure), maybe: new Set(maybe) };
}

/** What is wrong with the lines of a file; nothing when they are as they may be. */
export function wrongLines(found: string[], { sure, maybe }: Lines): string[] {
  const lines = new Set(found);
  return [
    ...(lines.size < found.length ? ["a line twice"] : []),
    ...[...sure].filter((line) => !lines.has(line)).map((line) => `${line} is missing`),
    ...[...lines]
      .filter((line) => !sure.has(line) && !maybe.has(line))
      .map((line) => `${line} is not known`),
  ];
}

/** What the port layer does with the channel of a run: see {@link engage}. */
import { VicError } from "../../errors/errors.ts";
import type { Mux } from "../../guest/mux.ts";
import { logger } from "../log.ts";
import type { Entry } from "./entry.ts";
import type { ExecParts } from "./parts.ts";
import { followProbes } from "./probes.ts";

const log = logger("exec");
/** Channels whose probes are followed: a channel may be engaged when it comes and when the start comes. */
const followed = new WeakSet<Mux>();

/** Opens the streams that wait for the run, follows its health check, then lets the process go if it is held. */
export function engage(
  parts: Pick<ExecParts, "attachSessions" | "events">,
  entry: Entry,
  mux: Mux,
  isHeld: boolean,
): void {
  parts.attachSessions.open(entry.id, mux);
  if (!followed.has(mux)) {
    followed.add(mux);
    void followProbes(parts, entry, mux);
  }
  if (!isHeld) return;
  mux.call("start", {}).result.catch((error: unknown) => {
    log.warn(`${entry.id.slice(0, 12)}: start: ${VicError.from(error).text}`);
  });
}

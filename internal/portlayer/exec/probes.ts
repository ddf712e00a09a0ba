/** Events of a container's health check: as in Docker each run of it is an exec. */
import { VicError } from "../../errors/errors.ts";
import type { ProbeNews } from "../../guest/control.ts";
import type { Mux } from "../../guest/mux.ts";
import type { Entry } from "./entry.ts";
import { commandText } from "./execs.ts";
import { publish, type ExecParts } from "./parts.ts";

/** The guest is not trusted to write lines. */
const lineMaxBytes = 256;

/** Publishes what the tether tells until the channel or the container ends. Never rejects. */
export async function followProbes(
  parts: Pick<ExecParts, "events">,
  entry: Entry,
  mux: Mux,
): Promise<void> {
  const { healthcheck } = entry.facts.config;
  if (healthcheck === undefined) return;
  const command = commandText(healthcheck.args);
  try {
    const { stream } = mux.call("probes", {});
    let text = "";
    for await (const bytes of stream.readable) {
      const lines = (text + Buffer.from(bytes).toString("latin1")).split("\n");
      text = lines.pop() ?? "";
      if (text.length > lineMaxBytes) throw new VicError("damaged", "a line is too long");
      for (const line of lines) {
        const { id: execID, exitCode } = parseNews(line);
        if (exitCode === undefined) {
          publish(parts, entry, "exec_create", { execID, command });
          publish(parts, entry, "exec_start", { execID, command });
        } else publish(parts, entry, "exec_die", { execID, exitCode: String(exitCode) });
      }
    }
  } catch {
    // The channel was lost, or the guest does not speak as it should: nobody waits for these events.
  }
}

function parseNews(line: string): ProbeNews {
  const { id, exitCode } = JSON.parse(line) as ProbeNews;
  const isCode = exitCode === undefined || Number.isInteger(exitCode);
  if (/^[0-9a-f]{64}$/.test(id) && isCode)
    return { id, ...(exitCode === undefined ? {} : { exitCode }) };
  throw new VicError("damaged", "no news of a probe");
}

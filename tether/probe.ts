/** One run of the health check's command in the container. */
import type { Container } from "./container.ts";
import { outputMaxBytes, type Probed } from "./health.ts";
import { processSpec } from "./oci/spec.ts";
import { Output } from "./output.ts";
import { signals } from "./sys/libc.ts";

/** Runs as the container's own user and in its environment, as in Docker. Aborting kills it. The listeners are told. */
export async function probe(
  container: Container,
  args: string[],
  signal: AbortSignal,
): Promise<Probed> {
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
  for (const tell of container.probeListeners) tell({ id });
  const probed = await run(container, args, signal);
  for (const tell of container.probeListeners) tell({ id, exitCode: probed.exitCode });
  return probed;
}

async function run(container: Container, args: string[], signal: AbortSignal): Promise<Probed> {
  const { sandbox, hostname, process: own } = container.config;
  const config = { ...own, args, tty: false, openStdin: false };
  const user = container.user(config);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const output = new Output();
  output.add(async (_, piece) => {
    // One piece more than is kept: so the cut shows.
    if (bytes <= outputMaxBytes) pieces.push(piece);
    bytes += piece.length;
  });
  const process = await container.runtime.exec(processSpec(config, user, sandbox, hostname), {
    command: args[0] ?? "",
    tty: false,
    openStdin: false,
    user,
    output,
  });
  const kill = (): void => void process.signal(signals["SIGKILL"]!);
  if (signal.aborted) kill();
  signal.addEventListener("abort", kill, { once: true });
  try {
    const { code } = await process.ended();
    return { exitCode: code, output: Buffer.concat(pieces).toString() };
  } finally {
    signal.removeEventListener("abort", kill);
  }
}

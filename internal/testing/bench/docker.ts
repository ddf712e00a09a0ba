/** The docker CLI against a VCH and, where that makes sense, against dockerd: what a container costs from create to removal. */
import { memoryOf } from "../conformance/clones/scene.ts";
import type { Finished } from "../stand/stand.ts";
import { medianMs } from "./median.ts";

/** Runs the docker CLI. */
export type Docker = (args: string[], stdin?: Uint8Array) => Promise<Finished>;
/** What runs containers. */
export interface Engine {
  docker: Docker;
  /** What its containers join. */
  network: string;
  /** Resolves when nothing goes on in it any more: as a user finds it who comes to start a container. */
  settle(): Promise<void>;
}
/** What is measured, ours, theirs. */
export type Row = (what: string, ours: string, theirs?: string) => void;

const manyAtOnce = 10;
const streamBytes = 64 * 1024 * 1024;
/** A VM that has just started still has things to do. */
const idleMs = 5_000;

/** What a docker command printed; throws when it failed. */
export async function ok(done: Promise<Finished>): Promise<string> {
  const { code, stdout, stderr } = await done;
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}

/** Adds the rows; medians of `rounds`. `hostDir`: data folder of the vic-host. Both engines have the image busybox. */
export async function dockerRows(
  row: Row,
  engines: Engine[],
  rounds: number,
  hostDir: string,
): Promise<void> {
  const both = async (what: string, measure: (engine: Engine) => Promise<string>) => {
    const cells: string[] = [];
    for (const engine of engines) cells.push(await measure(engine));
    row(what, cells[0]!, cells[1]);
  };
  const inSeconds = async (...work: [() => Promise<unknown>, (() => Promise<unknown>)?]) =>
    `${((await medianMs(rounds, ...work)) / 1000).toFixed(2)} s`;
  const remove = ({ docker }: Engine, ...names: string[]) => docker(["rm", "-f", ...names]);
  const create = ({ docker, network }: Engine, ...command: string[]) =>
    ok(docker(["create", "--name", "bench", "--network", network, "busybox", ...command]));
  const start = ({ docker }: Engine) => ok(docker(["start", "bench"]));

  await both("docker run --rm busybox true", (engine) => {
    const args = ["run", "--rm", "--network", engine.network, "busybox", "true"];
    return inSeconds(
      () => ok(engine.docker(args)),
      () => engine.settle(),
    );
  });
  const clear = async (engine: Engine) => {
    await remove(engine, "bench");
    await engine.settle();
  };
  await both("  its parts: docker create", (engine) =>
    inSeconds(
      () => create(engine, "true"),
      () => clear(engine),
    ),
  );
  const again = async (engine: Engine) => {
    await clear(engine);
    await create(engine, "sleep", "1000");
  };
  await both("  docker start of what was just created", (engine) =>
    inSeconds(
      () => start(engine),
      () => again(engine),
    ),
  );
  await both("  docker rm -f", (engine) =>
    inSeconds(
      () => remove(engine, "bench"),
      async () => {
        await again(engine);
        await start(engine);
      },
    ),
  );
  await both("docker start again (our VM boots)", (engine) =>
    inSeconds(
      () => start(engine),
      async () => {
        if ((await engine.docker(["kill", "bench"])).code !== 0) await again(engine);
        await engine.docker(["wait", "bench"]);
        await engine.settle();
      },
    ),
  );
  await both("docker exec true", ({ docker }) =>
    inSeconds(() => ok(docker(["exec", "bench", "true"]))),
  );
  await both("docker exec head, 64 MiB out", async ({ docker }) => {
    const ms = await medianMs(rounds, () =>
      ok(docker(["exec", "bench", "head", "-c", String(streamBytes), "/dev/zero"])),
    );
    return `${(streamBytes / 1e3 / ms).toFixed(1)} MB/s`;
  });
  const handlesTerm = 'trap "exit 0" TERM; sleep 1000 & wait';
  await both("docker stop of a process that handles TERM", (engine) =>
    inSeconds(
      () => ok(engine.docker(["stop", "bench"])),
      async () => {
        await remove(engine, "bench");
        await create(engine, "sh", "-c", handlesTerm);
        await start(engine);
        // Until the trap is set the signal would not be handled.
        await ok(engine.docker(["exec", "bench", "true"]));
        await engine.settle();
      },
    ),
  );
  for (const engine of engines) await clear(engine);

  const names = Array.from({ length: manyAtOnce }, (_, index) => `many${index}`);
  await both(`${manyAtOnce} docker run -d at once`, async ({ docker, network }) => {
    const run = ["run", "-d", "--network", network];
    const started = performance.now();
    const runOne = (name: string) =>
      ok(docker([...run, "--name", name, "busybox", "sleep", "1000"]));
    await Promise.all(names.map(runOne));
    return `${((performance.now() - started) / 1000).toFixed(2)} s`;
  });
  await Bun.sleep(idleMs);
  const memory = [...memoryOf(hostDir)].filter(([name]) => name.startsWith("many"));
  const shares = memory.map(([, { shareMiB }]) => shareMiB).toSorted((a, b) => a - b);
  row(
    "memory of a container VM with its share (Pss)",
    `${shares[shares.length >> 1]?.toFixed(0)} MiB`,
  );
  for (const engine of engines) await remove(engine, ...names);
}

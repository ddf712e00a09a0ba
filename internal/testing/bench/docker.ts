/** The docker CLI against a VCH and, where that makes sense, against dockerd: what a container costs from create to removal. */
import { memoryOf } from "../conformance/clones/scene.ts";
import type { Finished } from "../stand/stand.ts";
import { medianMs } from "./median.ts";

/** Runs the docker CLI. */
export type Docker = (args: string[], stdin?: Uint8Array) => Promise<Finished>;
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
  engines: Docker[],
  rounds: number,
  hostDir: string,
): Promise<void> {
  const both = async (what: string, measure: (docker: Docker) => Promise<string>) => {
    const cells: string[] = [];
    for (const docker of engines) cells.push(await measure(docker));
    row(what, cells[0]!, cells[1]);
  };
  const inSeconds = async (...work: [() => Promise<unknown>, (() => Promise<unknown>)?]) =>
    `${((await medianMs(rounds, ...work)) / 1000).toFixed(2)} s`;
  const remove = (docker: Docker, ...names: string[]) => docker(["rm", "-f", ...names]);
  const create = ["create", "--name", "bench", "--network", "none", "busybox"];

  await both("docker run --rm busybox true", (docker) =>
    inSeconds(() => ok(docker(["run", "--rm", "--network", "none", "busybox", "true"]))),
  );
  await both("  its parts: docker create", (docker) =>
    inSeconds(
      () => ok(docker([...create, "true"])),
      () => remove(docker, "bench"),
    ),
  );
  const again = async (docker: Docker) => {
    await remove(docker, "bench");
    await ok(docker([...create, "sleep", "1000"]));
  };
  await both("  docker start of what was just created", (docker) =>
    inSeconds(
      () => ok(docker(["start", "bench"])),
      () => again(docker),
    ),
  );
  await both("  docker rm -f", (docker) =>
    inSeconds(
      () => remove(docker, "bench"),
      async () => {
        await again(docker);
        await ok(docker(["start", "bench"]));
      },
    ),
  );
  await both("docker start again (our VM boots)", (docker) =>
    inSeconds(
      () => ok(docker(["start", "bench"])),
      async () => {
        if ((await docker(["kill", "bench"])).code !== 0) await again(docker);
        await docker(["wait", "bench"]);
      },
    ),
  );
  await both("docker exec true", (docker) =>
    inSeconds(() => ok(docker(["exec", "bench", "true"]))),
  );
  await both("docker exec cat, 64 MiB out", async (docker) => {
    const ms = await medianMs(rounds, () =>
      ok(docker(["exec", "bench", "head", "-c", String(streamBytes), "/dev/zero"])),
    );
    return `${(streamBytes / 1e3 / ms).toFixed(1)} MB/s`;
  });
  const handlesTerm = 'trap "exit 0" TERM; while :; do sleep 0.1; done';
  await both("docker stop of a process that handles TERM", (docker) =>
    inSeconds(
      () => ok(docker(["stop", "bench"])),
      async () => {
        await remove(docker, "bench");
        const run = ["run", "-d", "--name", "bench", "--network", "none", "busybox"];
        await ok(docker([...run, "sh", "-c", handlesTerm]));
        // Until the trap is set the signal would not be handled.
        await ok(docker(["exec", "bench", "true"]));
      },
    ),
  );
  for (const docker of engines) await remove(docker, "bench");

  const names = Array.from({ length: manyAtOnce }, (_, index) => `many${index}`);
  const startMany = (docker: Docker) => {
    const run = ["run", "-d", "--network", "none"];
    const start = (name: string) =>
      ok(docker([...run, "--name", name, "busybox", "sleep", "1000"]));
    return Promise.all(names.map(start));
  };
  await both(`${manyAtOnce} docker run -d at once`, async (docker) => {
    const started = performance.now();
    await startMany(docker);
    return `${((performance.now() - started) / 1000).toFixed(2)} s`;
  });
  await Bun.sleep(idleMs);
  const memory = [...memoryOf(hostDir)].filter(([name]) => name.startsWith("many"));
  const shares = memory.map(([, { shareMiB }]) => shareMiB).toSorted((a, b) => a - b);
  row(
    "memory of a container VM with its share (Pss)",
    `${shares[shares.length >> 1]?.toFixed(0)} MiB`,
  );
  for (const docker of engines) await remove(docker, ...names);
}

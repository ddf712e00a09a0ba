/** Health, restarts, updates and links of containers through the stock docker CLI; the port layer is a fake. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { busyboxImage, pushImage } from "../testing/fixtures/image.ts";
import { startRegistry, type Registry } from "../testing/fixtures/registry.ts";
import { DockerStand } from "./testing/stand.ts";

const MiB = 1024 * 1024;
setDefaultTimeout(20_000);
let stand: DockerStand;
let registry: Registry;
let image: string;

beforeAll(async () => {
  stand = await DockerStand.start();
  registry = await startRegistry(join(stand.directory, "registry"));
  await pushImage(registry.url, "busybox", "latest", await busyboxImage());
  image = `127.0.0.1:${registry.port}/busybox`;
  await docker("pull", image);
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await stand[Symbol.asyncDispose]();
});

/** What it printed; stderr too, for warnings and errors. */
async function docker(...args: string[]): Promise<string> {
  const { stdout, stderr } = await stand.docker(args);
  return `${stdout}${stderr}`.trim();
}

async function run(...flags: string[]): Promise<string> {
  return docker("run", "-d", ...flags, image, "sleep", "1000");
}

function container(id: string) {
  return stand.fake.containers.get(id)!.container;
}

test("a health check reaches the port layer, and ps and inspect show its results", async () => {
  const id = await run("--health-cmd", "exit 3", "--health-interval", "2s", "--name", "checked");
  expect(stand.fake.created.at(-1)!.healthcheck).toMatchObject({
    args: ["/bin/sh", "-c", "exit 3"],
    intervalMs: 2000,
    retries: 3,
  });
  const result = { start: "2026-01-01T00:00:00Z", end: "2026-01-01T00:00:01Z", exitCode: 3 };
  container(id).health = { status: "starting", failingStreak: 0, log: [] };
  const status = () => docker("ps", "--format", "{{.Status}}", "--filter", "name=checked");
  expect(await status()).toEndWith("(health: starting)");
  const log = [{ ...result, output: "no" }];
  container(id).health = { status: "unhealthy", failingStreak: 1, log };
  expect(await status()).toEndWith("(unhealthy)");
  const listed = (health: string) =>
    docker("ps", "-q", "--no-trunc", "--filter", `health=${health}`, "--filter", "name=checked");
  expect(await listed("unhealthy")).toBe(id);
  expect(await listed("healthy")).toBe("");
  const health = await docker("inspect", "-f", "{{json .State.Health}}", id);
  expect(JSON.parse(health)).toEqual({
    Status: "unhealthy",
    FailingStreak: 1,
    Log: [{ Start: result.start, End: result.end, ExitCode: 3, Output: "no" }],
  });
  expect(await docker("inspect", "-f", "{{json .Config.Healthcheck}}", id)).toBe(
    '{"Test":["CMD-SHELL","exit 3"],"Interval":2000000000}',
  );
});

test("without a health check there is none", async () => {
  const id = await run("--no-healthcheck");
  expect(stand.fake.created.at(-1)!.healthcheck).toBeUndefined();
  expect(await docker("inspect", "-f", "{{json .Config.Healthcheck}}", id)).toBe(
    '{"Test":["NONE"]}',
  );
  expect(await docker("ps", "-q", "--no-trunc", "--filter", "health=none")).toContain(id);
});

test("a container that waits to be started again is restarting", async () => {
  const id = await run("--restart", "always", "--name", "crashing");
  await docker("kill", id);
  await docker("wait", id);
  container(id).isRestarting = true;
  expect(await docker("ps", "--format", "{{.Status}}", "--filter", "status=restarting")).toMatch(
    /^Restarting \(137\) .* ago$/,
  );
  const format = "{{.State.Status}} {{.State.Running}} {{.State.Restarting}}";
  expect(await docker("inspect", "-f", format, id)).toBe("restarting true true");
  for (const args of [
    ["exec", id, "true"],
    ["pause", id],
    ["top", id],
  ])
    expect(await docker(...args)).toContain("is restarting, wait until the container is running");
  expect(await docker("rm", id)).toContain("container is restarting: stop the container before");
  expect(await docker("rm", "-f", id)).toBe(id);
});

test("update of a running container: within its VM at once, beyond it as vSphere allows", async () => {
  const id = await run("-m", "512m", "--cpus", "2");
  await docker("update", "-m", "256m", "--memory-swap", "-1", "--cpus", "1", id);
  expect(container(id)).toMatchObject({
    cpus: 2,
    memoryMiB: 512,
    limits: { memoryBytes: 256 * MiB, cpuQuotaUs: 100_000, cpuPeriodUs: 100_000 },
  });
  expect(await docker("inspect", "-f", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", id)).toBe(
    `${256 * MiB} 1000000000`,
  );
  await docker("update", "-m", "1g", "--pids-limit", "9", id);
  expect(container(id)).toMatchObject({ cpus: 2, memoryMiB: 1024 });
  expect(container(id).limits).not.toContainKey("memoryBytes");
  expect(await docker("update", "--cpu-quota", "50000", id)).toContain(
    "CPU Quota cannot be updated as Nano CPUs has already been set",
  );
  expect(await docker("update", "--blkio-weight", "100", id)).toContain("is not supported");
});

test("update of a container that is off sets the size of its VM", async () => {
  const id = await docker("create", "-m", "512m", image, "true");
  await docker("update", "-m", "256m", "--cpu-shares", "512", "--restart", "always", id);
  expect(container(id)).toMatchObject({ memoryMiB: 256, limits: { cpuShares: 512 } });
  expect(container(id).record.restartPolicy.name).toBe("always");
});

test("links are names in /etc/hosts, and variables as dockerd sets them", async () => {
  const exposed = ["5432", "8000-8002", "53/udp"].flatMap((port) => ["--expose", port]);
  const id = await run("--name", "database", "-e", "USER_NAME=x", ...exposed);
  const args = ["--name", "linked", "--link", "database:data-base", "-e", "DATA_BASE_PORT=own"];
  expect(await docker("create", ...args, image, "true")).toMatch(/^[0-9a-f]{64}$/);
  const { extraHosts, process } = stand.fake.created.at(-1)!;
  expect(extraHosts).toEqual(
    ["data-base", id.slice(0, 12), "database"].map((name) => ({ name, address: "172.16.0.2" })),
  );
  const variables = process.env.filter((entry) => entry.startsWith("DATA_BASE_"));
  const ofPort = (port: number, protocol: string) => {
    const name = `PORT_${port}_${protocol.toUpperCase()}`;
    return [
      `${name}=${protocol}://172.16.0.2:${port}`,
      `${name}_ADDR=172.16.0.2`,
      `${name}_PORT=${port}`,
      `${name}_PROTO=${protocol}`,
    ];
  };
  const wanted = [
    "PORT=own",
    "PORT_8000_TCP_START=tcp://172.16.0.2:8000",
    "PORT_8000_TCP_PORT_START=8000",
    "PORT_8000_TCP_END=tcp://172.16.0.2:8002",
    "PORT_8000_TCP_PORT_END=8002",
    ...ofPort(53, "udp"),
    ...[5432, 8000, 8001, 8002].flatMap((port) => ofPort(port, "tcp")),
    "NAME=/linked/data-base",
    "ENV_USER_NAME=x",
  ];
  expect(variables).toEqual(wanted.map((line) => `DATA_BASE_${line}`));
  expect(await docker("inspect", "-f", "{{.HostConfig.Links}} {{.Config.Env}}", "linked")).toBe(
    "[/database:/linked/data-base] [DATA_BASE_PORT=own PATH=/bin]",
  );
  await docker("stop", "-t", "0", id);
  expect(await docker("create", "--link", "database:db", image, "true")).toContain(
    "Cannot link to a non running container: /database AS db",
  );
  expect(await docker("create", "--link", "nobody", image, "true")).toContain(
    "could not get container for nobody",
  );
});

test("without a log there is nothing to read", async () => {
  const id = await run("--log-driver", "none");
  expect(await docker("logs", id)).toContain("configured logging driver does not support reading");
  expect(await docker("inspect", "-f", "{{.HostConfig.LogConfig.Type}}", id)).toBe("none");
});

test("sizes: what a container changed, and that with its image", async () => {
  const id = await run("--name", "sized");
  await Bun.write(join(stand.fake.containers.get(id)!.files, "file"), "x".repeat(1234));
  const inspected = JSON.parse(await docker("inspect", "-s", id)) as [Record<string, number>];
  const { SizeRw, SizeRootFs } = inspected[0];
  expect(SizeRw).toBe(1234);
  expect(SizeRootFs).toBeGreaterThan(1234);
  const listed = await docker("ps", "-s", "--format", "{{.Size}}", "--filter", "name=sized");
  expect(listed).toStartWith("1.23kB (virtual ");
  expect(await docker("inspect", "-f", "{{json .SizeRw}}", id)).toBe("null");
  const usage = await docker("system", "df", "-v", "--format", "{{json .Containers}}");
  expect(usage).toContain("1.23kB");
});

test("attach over a web socket: input goes in, both outputs come back bare", async () => {
  const id = await docker("create", "-i", image, "sh", "-c", "cat; echo end >&2");
  const certs = join(stand.directory, "certs");
  const file = (name: string) => Bun.file(join(certs, name)).text();
  const tls = {
    ca: await file("ca.pem"),
    cert: await file("cert.pem"),
    key: await file("key.pem"),
  };
  const url = `wss://127.0.0.1:${stand.server.port}/v1.50/containers/${id}/attach/ws`;
  const socket = new WebSocket(`${url}?stream=1&stdin=1&stdout=1&stderr=1`, { tls });
  socket.binaryType = "arraybuffer";
  let output = "";
  const closed = Promise.withResolvers<number>();
  const echoed = Promise.withResolvers<void>();
  socket.addEventListener("message", ({ data }) => {
    output += Buffer.from(data as ArrayBuffer).toString();
    if (output.includes("hello")) echoed.resolve();
  });
  socket.addEventListener("close", ({ code }) => closed.resolve(code));
  await new Promise<void>((open, fail) => {
    socket.addEventListener("open", () => open());
    socket.addEventListener("error", () => fail(new Error("no web socket")));
  });
  await docker("start", id);
  socket.send("hello\n");
  await echoed.promise;
  await docker("kill", id);
  expect(await closed.promise).toBe(1000);
  expect(output).toBe("hello\n");
});

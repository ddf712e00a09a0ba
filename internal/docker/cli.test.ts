/** The stock docker CLI against the whole API, over TLS with client certificates; the port layer is a fake. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  busyboxImage,
  dockerArchive,
  makeImage,
  ociArchive,
  pushImage,
  type FixtureImage,
} from "../testing/fixtures/image.ts";
import { startRegistry, type Registry } from "../testing/fixtures/registry.ts";
import { makeTar } from "../testing/fixtures/tar.ts";
import { DockerStand, type Ran } from "./testing/stand.ts";

const MiB = 1024 * 1024;
setDefaultTimeout(20_000);
let stand: DockerStand;
let registry: Registry;
let image: FixtureImage;
/** The image in the registry, as docker names it. */
let name: string;

beforeAll(async () => {
  stand = await DockerStand.start();
  registry = await startRegistry(join(stand.directory, "registry"));
  image = await busyboxImage();
  await pushImage(registry.url, "busybox", "latest", image);
  name = `127.0.0.1:${registry.port}/busybox`;
  ok(await stand.docker(["pull", name]));
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await stand[Symbol.asyncDispose]();
});

function ok(ran: Ran): string {
  if (ran.code !== 0) throw new Error(`exit code ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return ran.stdout.trim();
}

async function fails(args: string[], text: string, code?: number): Promise<void> {
  const ran = await stand.docker(args);
  expect(ran.stderr + ran.stdout).toContain(text);
  if (code === undefined) expect(ran.code).not.toBe(0);
  else expect(ran.code).toBe(code);
}

describe("system", () => {
  test("version and info", async () => {
    const format = "{{.Client.APIVersion}} {{.Server.APIVersion}} {{.Server.MinAPIVersion}}";
    expect(ok(await stand.docker(["version", "--format", format]))).toBe("1.50 1.50 1.24");
    const info = await stand.docker(["info"]);
    expect(info.stdout).toContain("VCH memory limit: 4096 MiB");
    expect(info.stderr).toContain("WARNING: VMs are not real");
  });

  test("an old client is served, one older than that is told", async () => {
    const old = await stand.docker(["images", "-q"], { env: { DOCKER_API_VERSION: "1.24" } });
    expect(ok(old)).toHaveLength(12);
    const ancient = await stand.docker(["ps"], { env: { DOCKER_API_VERSION: "1.23" } });
    expect(ancient.stderr).toContain("client version 1.23 is too old");
  });

  test("without a client certificate there is no connection", async () => {
    const url = `https://127.0.0.1:${stand.server.port}/_ping`;
    const ca = await Bun.file(join(stand.directory, "certs/ca.pem")).text();
    expect(fetch(url, { tls: { ca } })).rejects.toThrow();
  });

  test("swarm, plugins and build are refused in plain words", async () => {
    await fails(["swarm", "init"], "This node is not a swarm manager");
    await fails(["plugin", "install", "x"], "is not supported by this engine");
    expect(ok(await stand.docker(["volume", "ls", "-q"]))).toBe("");
    expect(ok(await stand.docker(["network", "ls", "--format", "{{.Name}}"]))).toBe("bridge\nnone");
  });
});

describe("run", () => {
  const run = (...args: string[]) => stand.docker(["run", "--rm", name, ...args]);

  test("output, errors and exit codes", async () => {
    const ran = await run("sh", "-c", "echo out; echo err >&2; exit 7");
    expect(ran).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
  });

  test("stdin ends when the client's does", async () => {
    const bytes = new Uint8Array(8 * MiB);
    const ran = await stand.docker(["run", "--rm", "-i", name, "wc", "-c"], { stdin: bytes });
    expect(ok(ran)).toBe(String(8 * MiB));
  });

  test("stdin that is empty ends too, before the container runs", async () => {
    const ran = await stand.docker(["run", "--rm", "-i", name, "cat"], { stdin: "" });
    expect(ran).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("much output arrives whole", async () => {
    const ran = await run("head", "-c", String(16 * MiB), "/dev/zero");
    expect(ran.stdout.length).toBe(16 * MiB);
  });

  test("a terminal has its size and its exit code", async () => {
    const input = "stty size; exit 3\r";
    const args = ["run", "--rm", "-it", name, "sh"];
    const { code, output } = await stand.dockerTty(args, {
      rows: 33,
      columns: 101,
      prompt: "# ",
      input,
    });
    expect(output).toContain("33 101");
    expect(code).toBe(3);
  });

  test("output that breaks off is not taken for all of it", async () => {
    const script = "echo some; exec sleep 60";
    const run = stand.docker(["run", "--name", "broken", name, "sh", "-c", script]);
    const broken = () => [...stand.fake.containers.values()].find(isBroken)?.process;
    const isBroken = ({ container }: { container: { record: { name: string } } }) =>
      container.record.name === "broken";
    while (!broken()?.isRunning) await Bun.sleep(10);
    while (broken()!.log.length === 0) await broken()!.changed();
    broken()!.close();
    const { code, stdout, stderr } = await run;
    expect(stdout).toBe("some\n");
    expect(stderr).toContain("the connection to container broken broke");
    expect(code).not.toBe(0);
    ok(await stand.docker(["rm", "-f", "broken"]));
  });

  test("ctrl-p ctrl-q detaches and leaves it running", async () => {
    const { code } = await stand.dockerTty(["run", "-it", "--name", "detached", name, "sh"], {
      rows: 24,
      columns: 80,
      prompt: "# ",
      input: "\x10\x11",
    });
    expect(code).toBe(0);
    const format = "{{.State.Running}}";
    expect(ok(await stand.docker(["inspect", "-f", format, "detached"]))).toBe("true");
    ok(await stand.docker(["rm", "-f", "detached"]));
  });

  test("a command that is missing is 127 or 125 and leaves nothing behind", async () => {
    const before = stand.fake.containers.size;
    const ran = await run("no-such-command");
    expect([125, 127]).toContain(ran.code);
    expect(stand.fake.containers.size).toBe(before);
  });

  test("what cannot be had is refused by name, not ignored", async () => {
    const refuse = (flags: string[], text: string) =>
      fails(["run", "--rm", ...flags, name, "true"], text, 125);
    await refuse(["-v", "/etc:/x"], "mounting directories as a data volume is not supported");
    await refuse(["-v", "data:/x"], "this engine has no volumes");
    await refuse(["--blkio-weight", "300"], "--blkio-weight 300 is not supported");
    await refuse(["--network", "host"], "--network host is not supported");
    await refuse(["--network", "nowhere"], "network nowhere not found");
    await refuse(["--gpus", "all"], "--gpus is not supported");
    await refuse(["--health-retries", "-1"], "--health-retries cannot be negative");
    await refuse(["--security-opt", "label=type:x"], "--security-opt label=type:x");
    await refuse(["--restart", "always"], "cannot specify both --restart and --rm");
    await refuse(["--memory", "1m"], "Minimum memory limit allowed is 6MB");
  });
});

describe("create", () => {
  test("flags reach the port layer", async () => {
    const flags = ["-m", "300m", "--cpus", "1.5", "-e", "A=b", "-w", "/tmp", "-u", "www", "--init"];
    const more = ["-p", "8080:80", "--tmpfs", "/t:size=1m", "--ulimit", "nofile=5:6", "-h", "host"];
    const caps = [
      "--cap-add",
      "net_admin",
      "--label",
      "l=1",
      "--name",
      "flags",
      "--shm-size",
      "1m",
    ];
    ok(await stand.docker(["create", ...flags, ...more, ...caps, name, "sh", "-c", "x"]));
    const created = stand.fake.created.at(-1)!;
    expect(created).toMatchObject({
      cpus: 2,
      memoryMiB: 300,
      hostname: "host",
      stopSignal: "SIGTERM",
      ports: [{ protocol: "tcp", containerPort: 80, hostAddress: "", hostPort: 8080 }],
      tmpfs: [{ destination: "/t", options: ["size=1m"] }],
      networks: [{ name: "bridge", aliases: [] }],
      sandbox: { init: true, capAdd: ["CAP_NET_ADMIN"], shmSizeBytes: MiB },
      process: { args: ["sh", "-c", "x"], cwd: "/tmp", user: "www" },
      record: { name: "flags", labels: { l: "1" } },
    });
    expect(created.process.env.toSorted()).toEqual(["A=b", "HOSTNAME=host", "PATH=/bin"]);
    expect(created.sandbox.ulimits).toEqual([{ name: "nofile", soft: 5, hard: 6 }]);
    const format = "{{.HostConfig.Memory}} {{.Config.Hostname}} {{.HostConfig.LogConfig.Type}}";
    const shown = ok(await stand.docker(["inspect", "-f", format, "flags"]));
    expect(shown).toBe(`${300 * MiB} host json-file`);
    ok(await stand.docker(["rm", "flags"]));
  });

  test("a name belongs to one container", async () => {
    const id = ok(await stand.docker(["create", "--name", "taken", name]));
    const text = `Conflict. The container name "/taken" is already in use by container "${id}". You have to remove`;
    await fails(["create", "--name", "taken", name], text);
    await fails(["create", "--name", "-bad", name], "Invalid container name (-bad)");
    ok(await stand.docker(["rename", "taken", "free"]));
    await fails(["rm", "taken"], "No such container: taken");
    ok(await stand.docker(["rm", "free"]));
  });

  test("an image that is not here is pulled, one that is nowhere is not", async () => {
    await fails(["run", "127.0.0.1:1/x", "true"], "connection refused");
    await fails(["create", "--pull", "never", "nope", "true"], "No such image: nope:latest");
  });
});

describe("life cycle", () => {
  test("start, exec, logs, stop, restart, kill, rm", async () => {
    const id = ok(
      await stand.docker([
        "run",
        "-d",
        "--name",
        "life",
        name,
        "sh",
        "-c",
        "echo hi; exec sleep 60",
      ]),
    );
    expect(ok(await stand.docker(["ps", "-q", "--no-trunc"]))).toContain(id);
    expect(ok(await stand.docker(["exec", "life", "echo", "inside"]))).toBe("inside");
    expect((await stand.docker(["exec", "life", "sh", "-c", "exit 5"])).code).toBe(5);
    const cat = await stand.docker(["exec", "-i", "life", "cat"], { stdin: "through" });
    expect(ok(cat)).toBe("through");
    expect(ok(await stand.docker(["logs", "life"]))).toBe("hi");
    expect(ok(await stand.docker(["logs", "-t", "life"]))).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z hi$/,
    );
    await fails(["rm", "life"], `cannot remove container "/life": container is running`);
    ok(await stand.docker(["restart", "-t", "0", "life"]));
    ok(await stand.docker(["stop", "-t", "0", "life"]));
    ok(await stand.docker(["stop", "life"]));
    await fails(["kill", "life"], `container ${id} is not running`);
    await fails(["exec", "life", "true"], `container ${id} is not running`);
    expect(ok(await stand.docker(["wait", "life"]))).toMatch(/^1(37|43)$/);
    const list = ["ps", "-a", "-f", "name=life", "--format", "{{.Status}}"];
    expect(ok(await stand.docker(list))).toMatch(/^Exited \(1(37|43)\) .* ago$/);
    ok(await stand.docker(["rm", id.slice(0, 6)]));
    await fails(["rm", "life"], "No such container: life");
    await fails(["kill", "-s", "NOPE", "life"], "invalid signal: NOPE");
  });

  test("pause, unpause and what is refused in between", async () => {
    ok(await stand.docker(["run", "-d", "--name", "held", name, "sleep", "100"]));
    ok(await stand.docker(["pause", "held"]));
    const format = "{{.State.Status}} {{.State.Running}} {{.State.Paused}}";
    expect(ok(await stand.docker(["inspect", "-f", format, "held"]))).toBe("paused true true");
    const paused = ["ps", "--filter", "status=paused", "--format", "{{.Names}} {{.Status}}"];
    expect(ok(await stand.docker(paused))).toMatch(/^held Up .* \(Paused\)$/);
    await fails(["pause", "held"], "is already paused");
    await fails(["exec", "held", "true"], "is paused, unpause the container before exec");
    await fails(["start", "held"], "cannot start a paused container, try unpause instead");
    await fails(["rm", "held"], "container is paused and must be unpaused first");
    ok(await stand.docker(["unpause", "held"]));
    await fails(["unpause", "held"], "is not paused");
    ok(await stand.docker(["rm", "-f", "held"]));
  });

  test("top hands its arguments on and shows what comes back", async () => {
    ok(await stand.docker(["run", "-d", "--name", "busy", name, "sleep", "100"]));
    expect(ok(await stand.docker(["top", "busy", "-o", "pid,args"]))).toMatch(
      /^PID\s+ARGS\n7\s+-o\|pid,args$/,
    );
    await fails(["top", "busy", "-o", "uid=PID"], "is not allowed");
    ok(await stand.docker(["rm", "-f", "busy"]));
    await fails(["top", "busy"], "No such container");
  });

  test("logs --follow ends with the container; --tail and streams are kept apart", async () => {
    const script = "for i in 1 2 3; do echo o$i; echo e$i >&2; done";
    ok(await stand.docker(["run", "-d", "--name", "talk", name, "sh", "-c", script]));
    const followed = await stand.docker(["logs", "-f", "talk"]);
    expect(followed).toEqual({ code: 0, stdout: "o1\no2\no3\n", stderr: "e1\ne2\ne3\n" });
    const tail = await stand.docker(["logs", "--tail", "2", "talk"]);
    expect((tail.stdout + tail.stderr).trim().split("\n")).toHaveLength(2);
    ok(await stand.docker(["container", "prune", "-f"]));
    await fails(["inspect", "talk"], "No such object: talk");
  });

  test("logs --follow --until ends at that time", async () => {
    ok(
      await stand.docker([
        "run",
        "-d",
        "--name",
        "goes-on",
        name,
        "sh",
        "-c",
        "echo x; exec sleep 60",
      ]),
    );
    const now = Math.floor(Date.now() / 1000);
    for (const until of [now - 5, now + 2]) {
      const ran = await stand.docker(["logs", "-f", "--until", `${until}`, "goes-on"]);
      expect(ran).toEqual({ code: 0, stdout: until > now ? "x\n" : "", stderr: "" });
    }
    ok(await stand.docker(["rm", "-f", "goes-on"]));
  });

  test("wrong input is told in Docker's words", async () => {
    const nobody = "No such container: nobody";
    await fails(["kill", "nobody"], `annot kill container: nobody: ${nobody}`, 1);
    await fails(["ps", "-a", "-f", "exited=x"], "invalid filter 'exited=x'", 1);
    ok(await stand.docker(["system", "prune", "-f"]));
  });

  test("events of the past", async () => {
    const since = Math.floor(Date.now() / 1000) - 1;
    ok(await stand.docker(["run", "--rm", "--name", "eventful", name, "true"]));
    const until = Math.ceil(Date.now() / 1000);
    const args = [
      "events",
      "--since",
      `${since}`,
      "--until",
      `${until}`,
      "--format",
      "{{.Action}}",
    ];
    const actions = ok(await stand.docker([...args, "-f", "container=eventful"])).split("\n");
    for (const action of ["create", "attach", "start", "die", "destroy"]) {
      expect(actions).toContain(action);
    }
  });

  test("events of the past come in the order they happened", async () => {
    const since = Math.floor(Date.now() / 1000) - 1;
    ok(await stand.docker(["create", "--name", "again", name, "sleep", "60"]));
    ok(await stand.docker(["restart", "again"]));
    ok(await stand.docker(["rm", "-f", "again"]));
    const until = Math.ceil(Date.now() / 1000);
    const args = ["events", "--since", `${since}`, "--until", `${until}`, "-f", "container=again"];
    const actions = ok(await stand.docker([...args, "--format", "{{.Action}}"])).split("\n");
    expect(actions[0]).toBe("create");
    expect(actions).toContain("restart");
    expect(actions.at(-1)).toBe("destroy");
  });
});

describe("images", () => {
  test("pull again, pull what is not there", async () => {
    expect(ok(await stand.docker(["pull", name]))).toContain("Image is up to date");
    await fails(["pull", `${name}:nope`], "not found: manifest unknown: manifest unknown");
    const digest = ok(await stand.docker(["inspect", "-f", "{{index .RepoDigests 0}}", name]));
    expect(ok(await stand.docker(["pull", digest]))).toContain("up to date");
    expect(ok(await stand.docker(["run", "--rm", digest, "echo", "hi"]))).toBe("hi");
  });

  test("load both kinds of archive; nothing of a damaged one stays", async () => {
    const other = makeImage([makeTar([{ path: "x", content: "other" }])], { Cmd: ["/x"] });
    for (const [file, bytes] of [
      ["docker.tar", dockerArchive(other, "docker:1")],
      ["oci.tar", ociArchive(other, "oci:1")],
      ["docker.tar.gz", Bun.gzipSync(dockerArchive(other, "gz:1") as Uint8Array<ArrayBuffer>)],
    ] as const) {
      await writeFile(join(stand.directory, file), bytes);
      const loaded = ok(await stand.docker(["load", "-i", join(stand.directory, file)]));
      expect(loaded).toMatch(/^Loaded image: \w+:1$/);
    }
    const damaged = dockerArchive(other, "bad:1").slice(0, 3000);
    await writeFile(join(stand.directory, "bad.tar"), damaged);
    await fails(["load", "-i", join(stand.directory, "bad.tar")], "the archive is damaged");
    expect(await readdir(join(stand.directory, "spool"))).toEqual([]);
    expect(stand.fake.images.uploads.size).toBe(0);
    const untagged = ok(await stand.docker(["rmi", "docker:1"]));
    expect(untagged).toBe("Untagged: docker:1");
    ok(await stand.docker(["rmi", "oci:1"]));
    expect(ok(await stand.docker(["rmi", "gz:1"]))).toMatch(/^Untagged: gz:1\nDeleted: sha256:/);
    await fails(["rmi", "gz:1"], "No such image: gz:1");
  });

  test("rmi of an image in use", async () => {
    const id = ok(await stand.docker(["create", "--name", "user", name]));
    ok(await stand.docker(["tag", name, "second:1"]));
    const imageId = ok(await stand.docker(["inspect", "-f", "{{.Id}}", name])).slice(7, 19);
    await fails(["rmi", imageId], `unable to delete ${imageId} (cannot be forced)`);
    expect(ok(await stand.docker(["rmi", "second:1"]))).toBe("Untagged: second:1");
    ok(await stand.docker(["rm", id]));
    await fails(["tag", name, "UPPER"], "must be lowercase");
    expect(ok(await stand.docker(["images", "-q", "-f", "reference=*/busybox"]))).toBe(imageId);
    expect(ok(await stand.docker(["history", "-q", name]))).toContain(imageId);
    ok(await stand.docker(["system", "df"]));
  });
});

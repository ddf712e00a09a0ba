/** dockerode's calls, as its README shows them. */
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { makeTar } from "../../fixtures/tar.ts";
import type { Stand } from "../../stand/stand.ts";

const running = "echo out; echo err >&2; exec sleep 600";

/** Registers the tests; the stand is up when they run. */
export function dockerodeTests(stand: Stand): void {
  describe("dockerode", () => {
    let docker: Docker;
    let container: Docker.Container;

    beforeAll(async () => {
      docker = client(stand);
      container = await docker.createContainer({
        Image: "alpine",
        Cmd: ["sh", "-c", running],
        name: "dockerode",
        Labels: { of: "dockerode" },
      });
      await container.start();
    }, 120_000);

    afterAll(() => container.remove({ force: true }));

    test("ping, version and info", async () => {
      expect(String(await docker.ping())).toBe("OK");
      expect((await docker.version()).Os).toBe("linux");
      expect((await docker.info()).ContainersRunning).toBeGreaterThan(0);
    });

    test("run, with its output in two streams", async () => {
      const outputs = [new PassThrough(), new PassThrough()];
      const texts = outputs.map(textOf);
      const [result, ran] = (await docker.run(
        "alpine",
        ["sh", "-c", "echo out; echo err >&2; exit 3"],
        outputs,
        { Tty: false },
      )) as [{ StatusCode: number }, Docker.Container];
      for (const output of outputs) output.end();
      expect(result.StatusCode).toBe(3);
      expect(await Promise.all(texts)).toEqual(["out\n", "err\n"]);
      await ran.remove();
    });

    test("attach before start, write and read", async () => {
      const cat = await docker.createContainer({
        Image: "alpine",
        Cmd: ["cat"],
        OpenStdin: true,
        StdinOnce: true,
        AttachStdin: true,
      });
      const all = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
      const stream = await cat.attach(all);
      const output = new PassThrough();
      const text = textOf(output);
      docker.modem.demuxStream(stream, output, output);
      stream.once("end", () => output.end());
      await cat.start();
      stream.end("there and back\n");
      expect(await text).toBe("there and back\n");
      expect(await cat.wait()).toMatchObject({ StatusCode: 0 });
      await cat.remove();
    });

    test("exec, with a terminal and without", async () => {
      const plain = await container.exec({ Cmd: ["cat"], AttachStdin: true, AttachStdout: true });
      const stream = await plain.start({ hijack: true, stdin: true });
      const output = new PassThrough();
      const text = textOf(output);
      docker.modem.demuxStream(stream, output, output);
      stream.once("end", () => output.end());
      stream.end("through cat");
      expect(await text).toBe("through cat");
      expect(await plain.inspect()).toMatchObject({ Running: false, ExitCode: 0 });

      const tty = await container.exec({ Cmd: ["tty"], AttachStdout: true, Tty: true });
      expect(await textOf(await tty.start({ Tty: true }))).toBe("/dev/pts/0\r\n");
    });

    test("logs, whole and followed", async () => {
      const asked = { stdout: true, stderr: false, tail: 10 } as const;
      const whole = await container.logs(asked);
      expect(whole.subarray(8).toString()).toBe("out\n");
      const followed = (await container.logs({ ...asked, follow: true })) as unknown as Readable;
      const first = await new Promise<Buffer>((done) => followed.once("data", done));
      expect(first.toString()).toContain("out\n");
      followed.destroy();
    });

    test("list, inspect, top and rename", async () => {
      const filters = { label: ["of=dockerode"] };
      const listed = await docker.listContainers({ filters });
      expect(listed.map((c) => [c.Id, c.State])).toEqual([[container.id, "running"]]);
      await container.rename({ name: "dockerode-renamed" });
      expect((await container.inspect()).Name).toBe("/dockerode-renamed");
      expect((await container.top()).Processes.flat().join(" ")).toContain("sleep 600");
    });

    test("stats, one and a stream of them", async () => {
      const once = await container.stats({ stream: false });
      expect(once.memory_stats.usage).toBeGreaterThan(0);
      expect(Object.keys(once.networks)).toEqual(["eth0"]);
      const stream = (await container.stats({ stream: true })) as unknown as Readable;
      const first = await new Promise<Buffer>((done) => stream.once("data", done));
      expect(JSON.parse(first.toString())).toMatchObject({ id: container.id });
      stream.destroy();
    });

    test("events of a container's life, then wait", async () => {
      const filters = { type: ["container" as const], event: ["create", "start", "die"] };
      const events = (await docker.getEvents({ filters })) as Readable;
      const short = await docker.createContainer({ Image: "busybox", Cmd: ["sh", "-c", "exit 7"] });
      await short.start();
      expect(await short.wait()).toMatchObject({ StatusCode: 7 });
      const seen: string[] = [];
      for await (const line of events) {
        const found = String(line).trim().split("\n");
        for (const text of found) {
          const event = JSON.parse(text) as { Action: string; id: string };
          if (event.id === short.id) seen.push(event.Action);
        }
        if (seen.includes("die")) break;
      }
      expect(seen).toEqual(["create", "start", "die"]);
      await short.remove();
    });

    test("files in and out", async () => {
      const archive = makeTar([{ path: "given", content: "a file\n" }]);
      await container.putArchive(Buffer.from(archive), { path: "/tmp" });
      const back = await container.getArchive({ path: "/tmp/given" });
      expect(await textOf(back as Readable)).toContain("a file\n");
    });

    test("pause, update, restart, stop", async () => {
      await container.pause();
      expect((await container.inspect()).State.Status).toBe("paused");
      await container.unpause();
      await container.update({ RestartPolicy: { Name: "on-failure", MaximumRetryCount: 2 } });
      await container.restart({ t: 0 });
      const { State, HostConfig } = await container.inspect();
      expect(State.Running).toBe(true);
      expect(HostConfig.RestartPolicy).toEqual({ Name: "on-failure", MaximumRetryCount: 2 });
      await container.stop({ t: 0 });
      expect((await container.inspect()).State.Status).toBe("exited");
    });

    test("commit and prune", async () => {
      const { Id } = (await container.commit({ repo: "dockerode", tag: "made" })) as { Id: string };
      expect((await docker.getImage("dockerode:made").inspect()).Id).toBe(Id);
      await docker.getImage("dockerode:made").remove();
      const gone = await docker.createContainer({ Image: "alpine", Labels: { prune: "me" } });
      const pruned = await docker.pruneContainers({ filters: { label: ["prune=me"] } });
      expect(pruned.ContainersDeleted).toEqual([gone.id]);
    });

    test("what is not there is refused with 404", async () => {
      const refused = docker.getContainer("nothing").inspect();
      expect(await refused.catch((error: { statusCode: number }) => error.statusCode)).toBe(404);
    });
  });
}

function client(stand: Stand): Docker {
  const read = (name: string) => readFileSync(join(stand.certDir, name), "utf8");
  const [ca, cert, key] = ["ca.pem", "cert.pem", "key.pem"].map(read);
  return new Docker({
    protocol: "https",
    host: stand.address,
    port: 2376,
    ca: ca!,
    cert: cert!,
    key: key!,
  });
}

async function textOf(stream: Readable | NodeJS.ReadWriteStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString();
}

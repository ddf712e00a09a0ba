/**
 * testcontainers' calls. Its reaper Ryuk is off: it is a container that is given the Docker socket of its host, and a VM has
 * no such file.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { GenericContainer, type StartedTestContainer, Wait } from "testcontainers";
import type { Stand } from "../../stand/stand.ts";

const startMs = 120_000;

/** Registers the tests; the stand is up when they run. */
export function testcontainersTests(stand: Stand): void {
  describe("testcontainers", () => {
    let started: StartedTestContainer;

    beforeAll(async () => {
      // It reads them when it is first used.
      Object.assign(process.env, stand.dockerEnv, { TESTCONTAINERS_RYUK_DISABLED: "true" });
      started = await new GenericContainer("alpine:3.10")
        .withCommand(["sh", "-c", "echo it is ready; exec sleep 600"])
        .withEnvironment({ GIVEN: "a value" })
        .withLabels({ of: "testcontainers" })
        .withCopyContentToContainer([{ content: "copied\n", target: "/tmp/copied" }])
        .withWaitStrategy(Wait.forLogMessage("it is ready"))
        .withStartupTimeout(startMs)
        .start();
    }, startMs);

    afterAll(() => started?.stop());

    test("exec, with its output and code", async () => {
      const done = await started.exec(["sh", "-c", "cat /tmp/copied; echo $GIVEN; exit 4"]);
      expect(done).toMatchObject({ output: "copied\na value\n", exitCode: 4 });
      const asUser = await started.exec(["whoami"], { user: "postgres" });
      expect(asUser.output).toBe("postgres\n");
    });

    test("logs as a stream", async () => {
      const logs = await started.logs();
      const line = await new Promise((done) => logs.once("data", done));
      expect(String(line)).toContain("it is ready");
      logs.destroy();
    });

    test("files in and out", async () => {
      await started.copyContentToContainer([{ content: "later\n", target: "/tmp/later" }]);
      expect((await started.exec(["cat", "/tmp/later"])).output).toBe("later\n");
      const archive = await started.copyArchiveFromContainer("/tmp/later");
      const parts: Buffer[] = [];
      for await (const part of archive) parts.push(Buffer.from(part as Uint8Array));
      expect(Buffer.concat(parts).toString()).toContain("later\n");
    });

    test("restart, and commit", async () => {
      await started.restart({ timeout: 1 });
      expect((await started.exec(["echo", "again"])).output).toBe("again\n");
      const id = await started.commit({ repo: "testcontainers", tag: "made", deleteOnExit: false });
      expect(id).toStartWith("sha256:");
    });

    test("wait for a port that is published", async () => {
      const server = await new GenericContainer("busybox:latest")
        .withCommand(["sh", "-c", "echo served > /tmp/index.html; exec httpd -f -p 80 -h /tmp"])
        .withExposedPorts(80)
        .withWaitStrategy(Wait.forHttp("/index.html", 80))
        .withStartupTimeout(startMs)
        .start();
      const url = `http://${server.getHost()}:${server.getMappedPort(80)}/index.html`;
      expect(await (await fetch(url)).text()).toBe("served\n");
      await server.stop();
    });

    test("wait for health, and for the end", async () => {
      const healthy = await new GenericContainer("alpine:3.10")
        .withCommand(["sleep", "600"])
        .withHealthCheck({ test: ["CMD", "true"], interval: 1000, timeout: 30_000, retries: 3 })
        .withWaitStrategy(Wait.forHealthCheck())
        .withStartupTimeout(startMs)
        .start();
      await healthy.stop();
      const short = await new GenericContainer("alpine:3.10")
        .withCommand(["true"])
        .withWaitStrategy(Wait.forOneShotStartup())
        .withStartupTimeout(startMs)
        .start();
      await short.stop();
    });

    test("one that stops is gone", async () => {
      const ids = await stand.dockerOk(["ps", "-aq", "--filter", "label=of=testcontainers"]);
      expect(ids.trim().split("\n")).toHaveLength(1);
      await started.stop();
      expect(await stand.dockerOk(["ps", "-aq", "--filter", "label=of=testcontainers"])).toBe("");
    });
  });
}

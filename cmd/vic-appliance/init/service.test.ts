import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogFile } from "./log-file.ts";
import { ServiceProcess } from "./service.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "service-"))));
afterEach(() => rm(folder, { recursive: true }));

/** A service that runs a shell script, and a way to wait for its state. */
function make(script: string) {
  let wake = (): void => {};
  const service = new ServiceProcess({
    name: "x",
    argv: ["/bin/sh", "-c", script],
    env: { PATH: "/usr/bin:/bin", FOLDER: folder },
    readyFile: join(folder, "x.ready"),
    log: new LogFile(join(folder, "x.log")),
    onChange: () => wake(),
    backOffMs: { first: 1, longest: 4 },
  });
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { service, until };
}

test("a service that dies is started again and says why it died", async () => {
  const { service, until } = make("echo trouble; exit 3");
  service.start();
  await until(() => service.restarts >= 2 && service.status.startsWith("exited with code 3"));
  await service.stop();
  expect(await readFile(join(folder, "x.log"), "utf8")).toContain("trouble\ntrouble\n");
});

test("a killed service names the signal", async () => {
  const { service, until } = make("kill -KILL $$");
  service.start();
  await until(() => service.status.startsWith("was ended by SIGKILL"));
  await service.stop();
});

test("an old ready file does not count", async () => {
  await Bun.write(join(folder, "x.ready"), "");
  const { service, until } = make("exec sleep 60");
  service.start();
  service.checkReady();
  expect(service.status).toBe("");
  await Bun.write(join(folder, "x.ready"), "");
  service.checkReady();
  expect(service.status).toBe("true");
  const stopped = service.stop();
  await until(() => service.status === "stopped");
  await stopped;
});

test("a service that ignores SIGTERM is killed", async () => {
  const { service } = make('trap "" TERM; while :; do sleep 60; done');
  service.start();
  await service.stop(20);
  expect(service.status).toBe("stopped");
});

test("a program that is not there is a status, not a crash", async () => {
  const { service, until } = make("");
  const missing = new ServiceProcess({
    name: "y",
    argv: ["/nonexistent"],
    env: {},
    readyFile: join(folder, "y.ready"),
    log: new LogFile(join(folder, "y.log")),
    onChange: () => {},
    backOffMs: { first: 1, longest: 4 },
  });
  missing.start();
  service.start();
  await until(() => service.restarts >= 1);
  expect(missing.status).toContain("nonexistent");
  await Promise.all([service.stop(), missing.stop()]);
});

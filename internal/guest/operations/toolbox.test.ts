import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CallStream } from "./call-server.ts";
import { guestFault, type ProcessInfo } from "./contract.ts";
import { type Ground, Toolbox } from "./toolbox.ts";

let dir = "";
let ground: Ground;
let toolbox: Toolbox;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vic-toolbox-"));
  const user = { name: "me", uid: 0, gid: 0, groups: [], home: dir, environment: ["A=1", "B=2"] };
  ground = {
    authenticate: async ({ username }) => {
      if (username === "me") return user;
      throw guestFault("InvalidGuestLogin", "nobody");
    },
    root: () => "/",
    leader: () => undefined,
    nameOf: (uid) => String(uid),
    launch: async ({ argv, directory, environment }) => {
      const env = Object.fromEntries(
        environment.map((entry) => entry.split("=") as [string, string]),
      );
      const child = Bun.spawn(argv, { cwd: directory, env, stdio: ["ignore", "ignore", "ignore"] });
      return { hostPid: child.pid, exited: child.exited };
    },
  };
  toolbox = new Toolbox(ground);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const call = (operation: string, params: object = {}) =>
  toolbox.operate(operation, { username: "me", password: "", ...params }, {} as CallStream);

/** Asks again and again until the process has ended. */
async function ended(pid: number): Promise<ProcessInfo> {
  for (;;) {
    const [info] = (await call("processes", { pids: [pid] })) as ProcessInfo[];
    if (info?.endedMs !== undefined) return info;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a program runs with arguments, variables and directory, and its exit is remembered", async () => {
  const start = {
    program: "/bin/sh",
    arguments: `-c 'echo "$A $X $PWD" > out; exit 3'`,
    environment: ["X=y"],
    directory: dir,
  };
  const { pid } = (await call("start", start)) as { pid: number };
  expect(await ended(pid)).toMatchObject({ pid, name: "sh", owner: "me", exitCode: 3 });
  expect(await Bun.file(join(dir, "out")).text()).toBe(`1 y ${dir}\n`);
});

test("a process is terminated", async () => {
  const start = { program: "/bin/sleep", arguments: "600", environment: [] };
  const { pid } = (await call("start", start)) as { pid: number };
  expect(await call("processes")).toContainEqual(expect.objectContaining({ pid }));
  await call("terminate", { pid });
  expect(await ended(pid)).toMatchObject({ exitCode: 143 });
});

test("a process that does not end when it is told to is killed", async () => {
  toolbox = new Toolbox(ground, { terminateMs: 1 });
  const script = `trap "" TERM; echo > ready; while :; do sleep 0.01; done`;
  writeFileSync(join(dir, "stubborn"), script);
  const start = {
    program: "/bin/sh",
    arguments: "stubborn",
    environment: ["PATH=/bin:/usr/bin"],
    directory: dir,
  };
  const { pid } = (await call("start", start)) as { pid: number };
  while (!existsSync(join(dir, "ready"))) await new Promise((resolve) => setImmediate(resolve));
  await call("terminate", { pid });
  expect(await ended(pid)).toMatchObject({ exitCode: 137 });
});

test("that everything is over when a process is to be killed is no error", async () => {
  const asked = Promise.withResolvers<void>();
  let isOver = false;
  const leader = () => {
    if (!isOver) return undefined;
    // An error in a timer would fail this test.
    setImmediate(asked.resolve);
    throw new Error("the container does not run");
  };
  toolbox = new Toolbox({ ...ground, leader }, { terminateMs: 1 });
  const start = { program: "/bin/sleep", arguments: "600", environment: [] };
  const { pid } = (await call("start", start)) as { pid: number };
  await call("terminate", { pid });
  isOver = true;
  await asked.promise;
});

test("what cannot be started or found is refused with the fault for it", async () => {
  const rejects = async (operation: string, params: object, fault: string) =>
    expect(call(operation, params)).rejects.toMatchObject({ detail: { fault } });
  const start = { arguments: "", environment: [] };
  await rejects("start", { ...start, program: "/none" }, "FileNotFound");
  await rejects("start", { ...start, program: "/etc/passwd" }, "GuestPermissionDenied");
  await rejects("start", { ...start, program: "/bin/sh", environment: ["x"] }, "InvalidArgument");
  await rejects("start", { ...start, program: "/bin/sh", directory: "/none" }, "FileNotFound");
  expect(await call("processes", { pids: [2 ** 30] })).toEqual([]);
  await rejects("terminate", { pid: 1 }, "GuestPermissionDenied");
  await rejects("check", { username: "you" }, "InvalidGuestLogin");
  await expect(call("toString")).rejects.toMatchObject({ code: "unsupported" });
});

test("variables are read by name", async () => {
  expect(await call("environment", { names: [] })).toEqual(["A=1", "B=2"]);
  expect(await call("environment", { names: ["B", "C"] })).toEqual(["B=2"]);
});

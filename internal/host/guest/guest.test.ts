import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";
import { CallServer, type CallMessage } from "../../guest/operations/call-server.ts";
import { guestFault } from "../../guest/operations/contract.ts";
import { Toolbox } from "../../guest/operations/toolbox.ts";
import type { GuestMessage } from "../../guest/tools-wire.ts";
import { runTask } from "../../vim25/task.ts";
import type { MoRef } from "../../vim25/types.ts";
import { refs } from "../inventory/refs.ts";
import { type CallResult, GuestCalls } from "../qemu/guest-calls.ts";
import { TestHost, vmSpec } from "../testing/fakes.ts";
import { Transfers, type Transfer } from "./transfers.ts";

let host: TestHost;
let vm: MoRef;
/** What the guest sees as its root. */
let root = "";

beforeEach(async () => {
  host = await TestHost.start();
  root = mkdtempSync(join(tmpdir(), "vic-guest-"));
  chmodSync(root, 0o755);
  mkdirSync(join(root, "tmp"));
  vm = await runTask<MoRef>(host.client, refs.vmFolder, "CreateVM_Task", {
    config: vmSpec("web"),
    pool: refs.rootPool,
  });
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

/** Powers the VM on, with a guest in which "me" with the password "secret" may do things. */
async function startGuest(): Promise<void> {
  await runTask(host.client, vm, "PowerOnVM_Task");
  const user = { name: "me", uid: 0, gid: 0, groups: [], home: "/", environment: ["A=1"] };
  const toolbox = new Toolbox({
    authenticate: async ({ username, password }) => {
      if (username === "me" && password === "secret") return user;
      throw guestFault("InvalidGuestLogin", "wrong");
    },
    root: () => root,
    leader: () => undefined,
    nameOf: String,
    launch: async () => ({ hostPid: process.pid, exited: Promise.resolve(7) }),
  });
  const server = new CallServer(toolbox.operate, (message: GuestMessage) =>
    setImmediate(() => calls.receive(message as CallResult)),
  );
  const calls = new GuestCalls((message) =>
    setImmediate(() => server.receive(message as CallMessage)),
  );
  const machine = host.machine(vm.value);
  machine.guest = (call) => calls.call(call);
  machine.events.guestOperations?.(true);
}

const auth = (password = "secret") => ({
  _type: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "me",
  password,
});

const files = <T>(method: string, parameters: Record<string, unknown>) =>
  host.client.call<T>(refs.guestFileManager, method, { vm, auth: auth(), ...parameters });

/** Name of the fault that a call ends with. */
async function faultOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "none";
  } catch (error) {
    return String(VicError.from(error).detail["fault"]);
  }
}

/** A request to a URL that the host has given out. */
const transfer = (url: string, init: RequestInit) =>
  fetch(url.replace("https://*", host.running.url), {
    ...init,
    tls: { rejectUnauthorized: false },
  });

const upload = (path: string, size: number, more: object = {}) =>
  files<string>("InitiateFileTransferToGuest", {
    guestFilePath: path,
    fileAttributes: { _type: "GuestPosixFileAttributes", permissions: 0o640 },
    fileSize: size,
    overwrite: false,
    ...more,
  });

test("files go in and out whole, once for each URL", async () => {
  await startGuest();
  const bytes = Buffer.alloc(3_000_001, "0123456789");
  const url = await upload("/tmp/big", bytes.length);
  expect((await transfer(url, { method: "GET" })).status).toBe(403);
  expect((await transfer(url, { method: "PUT", body: bytes })).status).toBe(200);
  expect((await transfer(url, { method: "PUT", body: bytes })).status).toBe(403);
  expect(readFileSync(join(root, "tmp/big")).equals(bytes)).toBe(true);
  const info = await files<{ url: string; size: number; attributes: { permissions: number } }>(
    "InitiateFileTransferFromGuest",
    { guestFilePath: "/tmp/big" },
  );
  expect([info.size, info.attributes.permissions]).toEqual([bytes.length, 0o640]);
  const answer = await transfer(info.url, { method: "GET" });
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect((await transfer(info.url, { method: "GET" })).status).toBe(403);
});

test("a transfer that cannot be is refused, and leaves nothing behind", async () => {
  await startGuest();
  const wrongLength = await upload("/tmp/short", 10);
  const short = await transfer(wrongLength, { method: "PUT", body: "12345" });
  expect(short.status).toBe(400);
  expect(existsSync(join(root, "tmp/short"))).toBe(false);
  const url = await upload("/none/file", 3);
  expect((await transfer(url, { method: "PUT", body: "abc" })).status).toBe(404);
  expect((await transfer("https://*/guestFile?id=1&token=x", { method: "GET" })).status).toBe(403);
  expect((await transfer("https://*/guestFile", { method: "POST" })).status).toBe(405);
  const gone = await upload("/tmp/x", 3);
  await runTask(host.client, vm, "PowerOffVM_Task");
  expect((await transfer(gone, { method: "PUT", body: "abc" })).status).toBe(409);
  expect(await faultOf(upload("/tmp/y", 3))).toBe("InvalidPowerState");
});

test("directories, temporary files, attributes and lists", async () => {
  await startGuest();
  const made = { directoryPath: "/a/b", createParentDirectories: true };
  await files("MakeDirectoryInGuest", made);
  const temporary = await files<string>("CreateTemporaryFileInGuest", { prefix: "p", suffix: "s" });
  await files("MoveFileInGuest", { srcFilePath: temporary, dstFilePath: "/a/f", overwrite: false });
  await files("ChangeFileAttributesInGuest", {
    guestFilePath: "/a/f",
    fileAttributes: { _type: "GuestPosixFileAttributes", permissions: 0o600 },
  });
  const list = await files<{ files: { path: string; type: string }[]; remaining: number }>(
    "ListFilesInGuest",
    { filePath: "/a", index: 2 },
  );
  expect(list.files.map(({ path, type }) => [path, type])).toEqual([
    ["b", "directory"],
    ["f", "file"],
  ]);
  await files("MoveDirectoryInGuest", { srcDirectoryPath: "/a", dstDirectoryPath: "/c" });
  await files("DeleteFileInGuest", { filePath: "/c/f" });
  await files("DeleteDirectoryInGuest", { directoryPath: "/c", recursive: true });
  expect(existsSync(join(root, "c"))).toBe(false);
});

test("programs are started, listed and ended; variables are read", async () => {
  await startGuest();
  const processes = <T>(method: string, parameters: Record<string, unknown> = {}) =>
    host.client.call<T>(refs.guestProcessManager, method, { vm, auth: auth(), ...parameters });
  const spec = { programPath: "/none", arguments: "" };
  expect(await faultOf(processes("StartProgramInGuest", { spec }))).toBe("FileNotFound");
  const variables = await processes<string[]>("ReadEnvironmentVariableInGuest", { names: ["A"] });
  expect(variables).toEqual(["A=1"]);
  const list = await processes<{ pid: number; startTime: string }[]>("ListProcessesInGuest");
  expect(list.map(({ pid }) => pid)).toContain(process.pid);
  const pid = 2 ** 30;
  expect(await faultOf(processes("TerminateProcessInGuest", { pid }))).toBe("GuestProcessNotFound");
});

test("who may not, and guests that cannot, are told by the right faults", async () => {
  const check = (parameters: object) =>
    faultOf(
      host.client.call(refs.guestAuthManager, "ValidateCredentialsInGuest", {
        vm,
        auth: auth(),
        ...parameters,
      }),
    );
  expect(await check({})).toBe("InvalidPowerState");
  await startGuest();
  expect(await check({})).toBe("none");
  expect(await check({ auth: auth("wrong") })).toBe("InvalidGuestLogin");
  expect(await check({ auth: { ...auth(), interactiveSession: true } })).toBe("NotSupported");
  expect(await check({ vm: { type: "VirtualMachine", value: "4711" } })).toBe(
    "ManagedObjectNotFound",
  );
  expect(await faultOf(files("DeleteFileInGuest", { filePath: "/none" }))).toBe("FileNotFound");
  expect(await faultOf(upload("/tmp", 1, { overwrite: true }))).toBe("none");
  host.machine(vm.value).events.guestOperations?.(false);
  expect(await check({})).toBe("GuestOperationsUnavailable");
  expect(
    await faultOf(
      host.client.call(refs.guestAuthManager, "AcquireCredentialsInGuest", {
        vm,
        requestedAuth: auth(),
      }),
    ),
  ).toBe("NotSupported");
});

test("what a guest makes up does not get through", async () => {
  await startGuest();
  const machine = host.machine(vm.value);
  const list = () => faultOf(files("ListFilesInGuest", { filePath: "/" }));
  for (const answer of [null, 5, { files: "x" }, { files: [{ path: 1 }], remaining: 0 }]) {
    machine.guest = async () => answer;
    expect(await list()).toBe("GuestOperationsUnavailable");
  }
  const file = { path: "a\0\u0007", type: "x", sizeBytes: 1, modifiedMs: 1e300 };
  machine.guest = async () => ({ files: [file], remaining: 0 });
  expect(await list()).toBe("GuestOperationsUnavailable");
});

test("tokens are good for one VM's one transfer, and only so many wait", () => {
  const transfers = new Transfers();
  const one: Transfer = {
    vm: "1",
    method: "GET",
    path: "/a",
    credentials: { username: "u", password: "p" },
    sizeBytes: 0,
    overwrite: false,
    attributes: {},
  };
  const url = new URL(transfers.allow(one).replace("*", "host"));
  const [id, token] = [url.searchParams.get("id")!, url.searchParams.get("token")!];
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(transfers.redeem("2", token, "GET")).toBeUndefined();
  expect(transfers.redeem(id, token, "GET")).toBe(one);
  expect(transfers.redeem(id, token, "GET")).toBeUndefined();
  for (let n = 0; n < 64; n++) transfers.allow(one);
  expect(() => transfers.allow(one)).toThrow("too many");
  transfers.allow({ ...one, vm: "2" });
});

import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Qmp } from "./qmp.ts";

interface Command {
  execute: string;
  id: number;
}

let folder = "";
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-qmp-"));
});
afterEach(async () => {
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

const path = () => join(folder, "qmp");
const soon = () => AbortSignal.timeout(5_000);

/** Something that speaks QMP; `handle` answers all commands but the handshake. */
function serve(handle: (command: Command, socket: Socket) => void): void {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write('{"QMP": {"version": {}, "capabilities": []}}\r\n');
    createInterface(socket).on("line", (line) => {
      const command = JSON.parse(line) as Command;
      if (command.execute !== "qmp_capabilities") return handle(command, socket);
      socket.write(`${JSON.stringify({ return: {}, id: command.id })}\r\n`);
    });
  }).listen(path());
}

const reply = (socket: Socket, message: object) => socket.write(`${JSON.stringify(message)}\n`);

test("waits for the socket, and matches answers to commands", async () => {
  const connecting = Qmp.connect(path(), soon());
  const held: Command[] = [];
  serve((command, socket) => {
    held.push(command);
    if (held.length < 2) return;
    for (const { id, execute } of held.toReversed()) reply(socket, { return: execute, id });
  });
  await using qmp = await connecting;
  expect(await Promise.all([qmp.execute("one"), qmp.execute("two")])).toEqual(["one", "two"]);
});

test("turns QEMU's errors into ours", async () => {
  serve(({ id }, socket) =>
    reply(socket, { id, error: { class: "DeviceNotFound", desc: "no x" } }),
  );
  await using qmp = await Qmp.connect(path(), soon());
  expect(qmp.execute("device_del")).rejects.toMatchObject({
    code: "not-found",
    message: "device_del: no x",
  });
});

test("hands out events", async () => {
  serve(({ id }, socket) => {
    reply(socket, { event: "SHUTDOWN", data: { guest: true } });
    reply(socket, { id, return: {} });
  });
  await using qmp = await Qmp.connect(path(), soon());
  const events: unknown[] = [];
  const stop = qmp.listen((event) => events.push(event));
  await qmp.execute("x");
  stop();
  await qmp.execute("x");
  expect(events).toEqual([{ event: "SHUTDOWN", data: { guest: true } }]);
});

test("gives up on a QEMU that does not answer, or that goes away", async () => {
  serve(({ execute }, socket) => {
    if (execute === "quit") socket.destroy();
  });
  await using qmp = await Qmp.connect(path(), soon());
  expect(qmp.execute("hang", {}, 1)).rejects.toMatchObject({ code: "unavailable" });
  expect(qmp.execute("quit")).rejects.toMatchObject({ code: "unavailable" });
  await qmp.closed;
  expect(qmp.execute("late")).rejects.toMatchObject({ code: "unavailable" });
});

test("hangs up on nonsense", async () => {
  serve((_, socket) => socket.write("nonsense\n"));
  await using qmp = await Qmp.connect(path(), soon());
  expect(qmp.execute("x")).rejects.toMatchObject({ code: "unavailable" });
  await qmp.closed;
});

test("ends at the signal when nobody is there, or nobody greets", async () => {
  expect(Qmp.connect(path(), AbortSignal.timeout(20))).rejects.toMatchObject({
    code: "unavailable",
  });
  server = createServer(() => undefined).listen(path());
  expect(Qmp.connect(path(), AbortSignal.timeout(20))).rejects.toMatchObject({
    code: "unavailable",
  });
});

test("gives up soon on a QEMU that hangs, and tells when it answers again", async () => {
  const held: (() => void)[] = [];
  serve(({ id }, socket) => held.push(() => reply(socket, { id, return: {} })));
  await using qmp = await Qmp.connect(path(), soon());
  const hangs = expect.objectContaining({ code: "unavailable", detail: { isTimeout: true } });
  const failed = (error: unknown) => error;
  expect(await qmp.execute("first", {}, 10).catch(failed)).toEqual(hangs);
  // By default a command gets longer than this test.
  expect(await qmp.execute("second").catch(failed)).toEqual(hangs);
  const recovered = Promise.withResolvers<void>();
  qmp.onRecovery = recovered.resolve;
  for (const answer of held.splice(0)) answer();
  await recovered.promise;
  const third = qmp.execute("third");
  while (held.length === 0) await new Promise((fulfil) => setImmediate(fulfil));
  held[0]!();
  expect(await third).toEqual({});
});

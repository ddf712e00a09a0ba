import { afterEach, beforeEach, expect, test } from "bun:test";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { VicError } from "../../errors/errors.ts";
import { dial } from "./dial.ts";
import { Tools } from "./tools.ts";

let folder = "";
let server: Server;
let log: string[] = [];
let tools: Tools;
/** Values that the owner has not stored yet; undefined: it stores each at once. */
let unstored: ((error?: VicError) => void)[] | undefined;

/** How to refuse to be frozen, for each time it was asked. */
let refusals: ((error: unknown) => void)[] = [];

beforeEach(async () => {
  refusals = [];
  folder = await mkdtemp(join(tmpdir(), "vic-tools-"));
  server = createServer().listen(join(folder, "port"));
  log = [];
  unstored = undefined;
  tools = new Tools(
    { guestInfo: { "guestinfo.a": "1" }, thawed: 7 },
    {
      guestInfo: (key, value, stored) => {
        log.push(`${key}=${value}`);
        if (unstored) unstored.push(stored);
        else stored();
      },
      guestNics: (nics) => log.push(`nics ${nics.length}`),
      guestPorts: (ports) => log.push(`ports ${ports.length}`),
      toolsRunning: (isRunning) => log.push(`running ${isRunning}`),
      freeze: (request, refuse) => {
        log.push(`freeze ${request}`);
        refusals.push(refuse);
      },
      operationsReady: (areReady) => log.push(`operations ${areReady}`),
    },
  );
});
afterEach(async () => {
  tools.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** The guest's end of a fresh connection. */
async function connectGuest() {
  const accepted = once(server, "connection");
  tools.attach(await dial(join(folder, "port")));
  const [socket] = (await accepted) as [Socket];
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value || "null") as unknown;
  const send = (...messages: unknown[]) =>
    socket.write(messages.map((m) => `${JSON.stringify(m)}\n`).join(""));
  expect(await next()).toBeNull();
  expect(await next()).toEqual({ hello: {} });
  return { socket, send, next };
}

test("answers get and set, and tells the owner once of a new value", async () => {
  const guest = await connectGuest();
  guest.send({ id: 1, get: "guestinfo.a" }, { id: 2, get: "guestinfo.none" });
  expect(await guest.next()).toEqual({ reply: 1, value: "1" });
  expect(await guest.next()).toEqual({ reply: 2, value: null });
  const set = { set: "guestinfo.b", value: "2" };
  guest.send({ id: 3, ...set }, { id: 4, ...set }, { id: 5, get: "guestinfo.b" });
  expect(await guest.next()).toEqual({ reply: 3 });
  expect(await guest.next()).toEqual({ reply: 4 });
  expect(await guest.next()).toEqual({ reply: 5, value: "2" });
  expect(log).toEqual(["running true", "guestinfo.b=2"]);
});

test("tells the guest that a value is set only once its owner has stored it", async () => {
  const guest = await connectGuest();
  const held = (unstored = []) as ((error?: VicError) => void)[];
  const set = { set: "guestinfo.b", value: "2" };
  guest.send({ id: 1, ...set }, { id: 2, ...set }, { id: 3, get: "guestinfo.b" });
  expect(await guest.next()).toEqual({ reply: 3, value: "2" });
  for (const stored of held.splice(0)) stored();
  expect(await guest.next()).toEqual({ reply: 1 });
  expect(await guest.next()).toEqual({ reply: 2 });
  guest.send({ id: 4, set: "guestinfo.b", value: "3" }, { id: 5, get: "guestinfo.a" });
  expect(await guest.next()).toEqual({ reply: 5, value: "1" });
  for (const stored of held.splice(0)) stored(new VicError("exhausted", "too large"));
  expect(await guest.next()).toEqual({ reply: 4, error: "too large" });
  guest.send({ id: 6, get: "guestinfo.b" });
  expect(await guest.next()).toEqual({ reply: 6, value: "2" });
});

test("a value that waits for its owner when the guest's connection ends is not acknowledged on the next", async () => {
  const guest = await connectGuest();
  const held = (unstored = []) as ((error?: VicError) => void)[];
  guest.send({ id: 1, set: "guestinfo.b", value: "2" }, { id: 2, get: "guestinfo.a" });
  await guest.next();
  const again = await connectGuest();
  for (const stored of held.splice(0)) stored();
  again.send({ id: 1, set: "guestinfo.b", value: "2" });
  expect(await again.next()).toEqual({ reply: 1 });
});

test("keeps what is not guestinfo out of reach, and the values small", async () => {
  const guest = await connectGuest();
  guest.send({ id: 1, set: "vic.vch", value: "x" }, { id: 2, get: "vic.vch" });
  expect(await guest.next()).toHaveProperty("error");
  expect(await guest.next()).toEqual({ reply: 2, value: null });
  const value = "x".repeat(700_000);
  guest.send({ id: 3, set: "guestinfo.b", value }, { id: 4, set: "guestinfo.c", value });
  expect(await guest.next()).toEqual({ reply: 3 });
  expect(await guest.next()).toHaveProperty("error");
});

test("tells the guest of changes, also of those made while it was away", async () => {
  tools.set("guestinfo.b", "2");
  const guest = await connectGuest();
  guest.send({ hello: { version: "1" } });
  expect(await guest.next()).toEqual({ changed: ["guestinfo.b"] });
  tools.set("guestinfo.a", undefined);
  expect(await guest.next()).toEqual({ changed: ["guestinfo.a"] });
  guest.send({ id: 1, get: "guestinfo.a" });
  expect(await guest.next()).toEqual({ reply: 1, value: null });
});

test("passes on power requests only to a guest that is there", async () => {
  expect(() => tools.power("shutdown")).toThrow("do not run");
  const guest = await connectGuest();
  guest.send({ hello: { version: "1" } }, { id: 1, get: "guestinfo.a" });
  await guest.next();
  tools.power("shutdown");
  expect(await guest.next()).toEqual({ power: "shutdown" });
});

test("lives through nonsense, half lines and endless ones", async () => {
  const guest = await connectGuest();
  guest.socket.write("}}}\n\n\u0000\xff\n[1,2]\n");
  guest.socket.write("x".repeat(3 * 1024 * 1024));
  guest.socket.write('\n{"id":1,');
  guest.send({ nothing: 1 });
  guest.send({ id: 2, get: "guestinfo.a" });
  expect(await guest.next()).toEqual({ reply: 2, value: "1" });
});

test("notices that the connection is gone and takes a new one", async () => {
  const guest = await connectGuest();
  guest.send({ id: 1, get: "guestinfo.a" });
  await guest.next();
  guest.socket.destroy();
  const again = await connectGuest();
  again.send({ id: 2, get: "guestinfo.a" });
  expect(await again.next()).toEqual({ reply: 2, value: "1" });
  expect(log).toEqual(["running true", "running false", "running true"]);
});

test("tells the time", async () => {
  const guest = await connectGuest();
  guest.send({ id: 1, time: true });
  const { reply, value } = (await guest.next()) as { reply: number; value: string };
  expect(reply).toBe(1);
  expect(Math.abs(Number(value) - Date.now())).toBeLessThan(10_000);
});

test("freezes once for a request that is repeated, and answers it only when refused", async () => {
  const guest = await connectGuest();
  guest.send({ id: 3, freeze: true }, { id: 3, freeze: true }, { id: 4, get: "guestinfo.a" });
  expect(await guest.next()).toEqual({ reply: 4, value: "1" });
  expect(log).toEqual(["running true", "freeze 3"]);
  refusals[0]!(new VicError("exhausted", "no room"));
  expect(await guest.next()).toEqual({ reply: 3, error: "no room" });
  guest.send({ id: 3, freeze: true }, { id: 5, get: "guestinfo.a" });
  await guest.next();
  expect(log.at(-1)).toBe("freeze 3");
});

test("tells a clone, and whoever repeats that request, that it was frozen, and when it is", async () => {
  const guest = await connectGuest();
  for (let i = 0; i < 2; i++) {
    guest.send({ id: 7, freeze: true });
    const { value, ...rest } = (await guest.next()) as { value: string };
    expect(rest).toEqual({ reply: 7 });
    expect(Math.abs(Number(value) - Date.now())).toBeLessThan(10_000);
  }
  expect(log).toEqual(["running true"]);
});

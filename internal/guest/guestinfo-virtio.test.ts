import { describe, expect, test } from "bun:test";
import { mkdtempSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse, VirtioGuestInfo, type Port } from "./guestinfo-virtio.ts";

/** vic-host's end of the port, on a unix socket; a guest that finds nobody there tries again. */
class Host implements AsyncDisposable {
  readonly path = join(mkdtempSync(join(tmpdir(), "vic-tools-")), "port");
  readonly values = new Map<string, string>();
  readonly lines: Record<string, unknown>[] = [];
  answers = true;
  #server: net.Server | undefined;
  #sockets = new Set<net.Socket>();
  #wakers: (() => void)[] = [];

  async start(hello = '\n{"hello":{}}\n'): Promise<void> {
    this.#server = net.createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => {});
      socket.write(hello);
      let rest = "";
      socket.on("data", (chunk) => {
        const parts = (rest + chunk.toString()).split("\n");
        rest = parts.pop()!;
        for (const line of parts.filter(Boolean)) this.#receive(socket, JSON.parse(line));
      });
    });
    await new Promise<void>((resolve) => this.#server!.listen(this.path, () => resolve()));
  }

  #receive(socket: net.Socket, message: Record<string, unknown>): void {
    this.lines.push(message);
    if (this.answers && "get" in message) {
      const value = this.values.get(String(message["get"])) ?? null;
      socket.write(`${JSON.stringify({ reply: message["id"], value })}\n`);
    }
    if (this.answers && "set" in message) {
      const key = String(message["set"]);
      const isAllowed = key.startsWith("guestinfo.");
      if (isAllowed) this.values.set(key, String(message["value"]));
      const refusal = isAllowed ? {} : { error: "only guestinfo.*" };
      socket.write(`${JSON.stringify({ reply: message["id"], ...refusal })}\n`);
    }
    for (const wake of this.#wakers.splice(0)) wake();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wakers.push(resolve));
  }

  say(text: string): void {
    for (const socket of this.#sockets) socket.write(text);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await new Promise<void>((resolve) => this.#server!.close(() => resolve()));
  }

  connect = (): Port => {
    const socket = net.connect(this.path);
    socket.on("error", () => {});
    return {
      chunks: socket as AsyncIterable<Uint8Array>,
      write: (bytes) =>
        new Promise((resolve, reject) => {
          socket.write(bytes, (error) => (error ? reject(error) : resolve()));
        }),
      close: () => void socket.destroy(),
    };
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

describe("guestinfo over a virtio port", () => {
  test("get, set, refusal, changes, power", async () => {
    await using host = new Host();
    await host.start();
    host.values.set("guestinfo.a", "1");
    const guest = new VirtioGuestInfo(host.connect);
    const changes = guest.changes()[Symbol.asyncIterator]();
    expect(await guest.get("guestinfo.a")).toBe("1");
    expect(await guest.get("guestinfo.none")).toBeUndefined();
    await guest.set("guestinfo.b", "ü\n");
    expect(host.values.get("guestinfo.b")).toBe("ü\n");
    await expect(guest.set("other", "x")).rejects.toMatchObject({ code: "forbidden" });
    host.say('{"changed":["guestinfo.a"]}\n');
    host.say('{"power":"shutdown"}\n');
    expect(await new Promise((resolve) => guest.onPower(resolve))).toBe("shutdown");
    const seen: string[] = [];
    while (!seen.includes("guestinfo.a")) seen.push(...(await changes.next()).value!);
    guest.close();
    expect((await changes.next()).done).toBeTrue();
    await expect(guest.get("guestinfo.a")).rejects.toMatchObject({ code: "cancelled" });
  });

  test("a host that went away gets everything again, unanswered requests too", async () => {
    await using host = new Host();
    await host.start();
    const guest = new VirtioGuestInfo(host.connect);
    const nics = [{ mac: "00:50:56:00:00:01", addresses: ["10.0.0.2/24"] }];
    guest.reportNics(nics);
    guest.reportPorts([{ protocol: "tcp", port: 80 }]);
    await host.until(() => host.lines.some((line) => "ports" in line));
    host.answers = false;
    const value = guest.get("guestinfo.late");
    await host.until(() => host.lines.some((line) => "get" in line));
    await host.stop();
    host.lines.length = 0;
    host.answers = true;
    host.values.set("guestinfo.late", "now");
    // The first half of a line that the old host had begun is in front of the hello.
    await host.start('{"reply":1,"val{"hello":{}}\n');
    expect(await value).toBe("now");
    await host.until(() => host.lines.some((line) => "ports" in line));
    expect(host.lines.find((line) => "nics" in line)).toEqual({ nics });
    guest.close();
  });

  test("no line of a host breaks the parser", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        const message = parse(line);
        if (message !== undefined && "changed" in message)
          expect(message.changed.every((key) => typeof key === "string")).toBeTrue();
      }),
    );
    expect(parse('{"reply":1,"value":2}')).toEqual({ reply: 1, value: null });
    expect(parse('{"power":"explode"}')).toBeUndefined();
    expect(parse("null")).toBeUndefined();
  });
});

test("tells the host's time", async () => {
  await using host = new Host();
  await host.start();
  const guest = new VirtioGuestInfo(host.connect);
  const asked = () => host.lines.filter((line) => line["time"] === true);
  for (const [value, isKnown] of [
    ["1790000000123", true],
    ["later", false],
  ] as const) {
    const before = asked().length;
    const time = guest.time();
    await host.until(() => asked().length > before);
    host.say(`${JSON.stringify({ reply: asked().at(-1)!["id"], value })}\n`);
    if (isKnown) expect(await time).toBeGreaterThanOrEqual(1_790_000_000_123);
    else expect(await time).toBeUndefined();
  }
  guest.close();
});

test("asks to be frozen again until a clone's host answers with the time", async () => {
  await using host = new Host();
  await host.start();
  const guest = new VirtioGuestInfo(host.connect);
  const frozen = guest.freeze();
  const asked = () => host.lines.filter((line) => line["freeze"] === true);
  await host.until(() => asked().length > 0);
  const before = asked().length;
  // The clone's connection is another one, and begins with a hello.
  host.say('{"hello":{}}\n');
  await host.until(() => asked().length > before);
  const ids = new Set(asked().map(({ id }) => id));
  expect(ids.size).toBe(1);
  const [id] = ids;
  host.say(`${JSON.stringify({ reply: id, value: "1790000000123" })}\n`);
  expect(await frozen).toBe(1_790_000_000_123);
  const refused = guest.freeze();
  await host.until(() => asked().at(-1)?.["id"] !== id);
  host.say(`${JSON.stringify({ reply: asked().at(-1)!["id"], error: "no room" })}\n`);
  await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  guest.close();
});

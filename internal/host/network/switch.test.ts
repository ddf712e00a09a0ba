import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FrameReader, headerBytes } from "./frame-buffer.ts";
import { Switch } from "./switch.ts";

let folder = "";
let network = new Switch();
const cleanups: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vic-switch-"));
  network = new Switch();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  await rm(folder, { recursive: true, force: true });
});

/** The side of QEMU: a socket that takes one connection at a time, again and again. */
class FakeNetdev {
  readonly path: string;
  readonly #server: Server;
  readonly #frames: string[] = [];
  readonly #wakes = new Set<() => void>();
  #socket: Socket | undefined;
  connectionCount = 0;

  constructor(name: string) {
    this.path = join(folder, name);
    const reader = new FrameReader((bytes, start, end) => {
      this.#frames.push(bytes.toString("latin1", start + headerBytes + 14, end));
      this.#wake();
    });
    this.#server = createServer((socket) => {
      this.#socket = socket;
      this.connectionCount++;
      socket.on("data", (chunk) => reader.push(chunk as Buffer));
      socket.on("error", () => undefined);
      this.#wake();
    }).listen(this.path);
    cleanups.push(() => {
      this.#socket?.destroy();
      this.#server.close();
    });
  }

  async connected(count: number): Promise<void> {
    while (this.connectionCount < count) await this.#change();
  }

  async receive(): Promise<string> {
    while (this.#frames.length === 0) await this.#change();
    return this.#frames.shift()!;
  }

  send(bytes: Buffer): void {
    this.#socket!.write(bytes);
  }

  hangUp(): void {
    this.#socket!.destroy();
  }

  #change(): Promise<void> {
    return new Promise((fulfil) => this.#wakes.add(fulfil));
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
    this.#wakes.clear();
  }
}

const macs = ["02:00:00:00:00:0a", "02:00:00:00:00:0b", "02:00:00:00:00:0c"] as const;
const everybody = "ff:ff:ff:ff:ff:ff";

function frame(target: string, source: string, text: string): Buffer {
  const addresses = Buffer.from((target + source).replaceAll(":", ""), "hex");
  const content = Buffer.concat([addresses, Buffer.from([8, 0]), Buffer.from(text)]);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(content.length);
  return Buffer.concat([header, content]);
}

async function attach(index: number, portGroup: string, isConnected = true) {
  const netdev = new FakeNetdev(`nic-${index}`);
  const mac = macs[index]!;
  const port = network.attach({ path: netdev.path, mac, portGroup, isConnected });
  cleanups.push(() => port.close());
  await netdev.connected(1);
  return { netdev, port, mac };
}

test("NICs of one port group hear each other, others do not", async () => {
  const [a, b, c] = [await attach(0, "one"), await attach(1, "one"), await attach(2, "two")];
  a.netdev.send(frame(everybody, a.mac, "hello"));
  a.netdev.send(frame(b.mac, a.mac, "again"));
  expect([await b.netdev.receive(), await b.netdev.receive()]).toEqual(["hello", "again"]);
  // What c gets first was sent last: nothing came before it.
  c.port.move("one", true);
  a.netdev.send(frame(everybody, a.mac, "moved"));
  expect(await c.netdev.receive()).toBe("moved");
});

test("a NIC whose cable is pulled neither hears nor speaks", async () => {
  const [a, b, c] = [await attach(0, "one"), await attach(1, "one", false), await attach(2, "one")];
  b.netdev.send(frame(everybody, b.mac, "mute"));
  a.netdev.send(frame(everybody, a.mac, "first"));
  expect(await c.netdev.receive()).toBe("first");
  b.port.move("one", true);
  b.netdev.send(frame(everybody, b.mac, "second"));
  expect([await c.netdev.receive(), await a.netdev.receive()]).toEqual(["second", "second"]);
});

test("connects again when QEMU's end goes away, and after nonsense", async () => {
  const [a, b] = [await attach(0, "one"), await attach(1, "one")];
  b.netdev.hangUp();
  await b.netdev.connected(2);
  a.netdev.send(frame(b.mac, a.mac, "first"));
  expect(await b.netdev.receive()).toBe("first");
  a.netdev.send(Buffer.alloc(64));
  await a.netdev.connected(2);
  a.netdev.send(frame(b.mac, a.mac, "second"));
  expect(await b.netdev.receive()).toBe("second");
});

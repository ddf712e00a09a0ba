import { expect, test } from "bun:test";
import { headerBytes } from "./frame-buffer.ts";
import { macNumber, type Port, Segment } from "./segment.ts";

const macs = { a: "02:00:00:00:00:0a", b: "02:00:00:00:00:0b", c: "02:00:00:00:00:0c" };
const broadcast = "ff:ff:ff:ff:ff:ff";

class FakePort implements Port {
  readonly mac: number | undefined;
  received = 0;
  constructor(mac?: string) {
    this.mac = mac === undefined ? undefined : macNumber(mac);
  }
  deliver(): void {
    this.received++;
  }
}

function frame(target: string, source: string): Buffer {
  const hex = (target + source).replaceAll(":", "");
  return Buffer.concat([Buffer.alloc(headerBytes), Buffer.from(hex, "hex"), Buffer.alloc(50)]);
}

function setUp() {
  const segment = new Segment();
  const ports = { a: new FakePort(macs.a), b: new FakePort(macs.b), out: new FakePort() };
  for (const port of Object.values(ports)) segment.add(port);
  const send = (from: Port, target: string, source: string) => {
    const bytes = frame(target, source);
    segment.forward(from, bytes, 0, bytes.length);
  };
  const counts = () => [ports.a.received, ports.b.received, ports.out.received];
  return { segment, ...ports, send, counts };
}

test("a frame for a known NIC goes there only", () => {
  const { a, send, counts } = setUp();
  send(a, macs.b, macs.a);
  expect(counts()).toEqual([0, 1, 0]);
});

test("broadcasts and unknown targets go to all but the sender", () => {
  const { a, send, counts } = setUp();
  send(a, broadcast, macs.a);
  send(a, macs.c, macs.a);
  expect(counts()).toEqual([0, 2, 2]);
});

test("an address seen behind a port is learnt, and moves when it is seen elsewhere", () => {
  const { a, b, out, send, counts } = setUp();
  send(out, broadcast, macs.c);
  send(a, macs.c, macs.a);
  expect(counts()).toEqual([1, 1, 1]);
  send(b, broadcast, macs.c);
  send(a, macs.c, macs.a);
  expect(counts()).toEqual([2, 2, 2]);
});

test("nobody may speak with the address of another NIC or with a group address", () => {
  const { a, send, counts } = setUp();
  send(a, broadcast, macs.b);
  send(a, broadcast, "01:00:5e:00:00:01");
  expect(counts()).toEqual([0, 0, 0]);
});

test("a flood of invented addresses does not push out a NIC's own", () => {
  const { a, out, send, counts } = setUp();
  for (let i = 0; i < 2000; i++) {
    send(
      out,
      macs.a,
      `06:00:00:00:${(i >> 8).toString(16).padStart(2, "0")}:${(i & 255).toString(16).padStart(2, "0")}`,
    );
  }
  expect(counts()).toEqual([2000, 0, 0]);
  send(a, macs.b, macs.a);
  expect(counts()).toEqual([2000, 1, 0]);
  // The oldest of the invented ones is forgotten, the newest is known.
  send(a, "06:00:00:00:00:00", macs.a);
  expect(counts()).toEqual([2000, 2, 1]);
  send(a, "06:00:00:00:07:cf", macs.a);
  expect(counts()).toEqual([2000, 2, 2]);
});

test("a port that left gets nothing any more", () => {
  const { segment, a, b, send, counts } = setUp();
  segment.remove(b);
  send(a, macs.b, macs.a);
  expect(counts()).toEqual([0, 0, 1]);
});

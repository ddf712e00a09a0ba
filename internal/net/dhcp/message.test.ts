import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { checksum, decodeDatagram, encodeDatagram } from "./frame.ts";
import {
  decodeDhcp,
  encodeDhcp,
  optionAddresses,
  optionNumber,
  options,
  type DhcpMessage,
} from "./message.ts";

const runs = { numRuns: 300, seed: 7 };
const bytes = (max: number) => fc.uint8Array({ maxLength: max });

const message = fc.record({
  op: fc.constantFrom(1 as const, 2 as const),
  xid: fc.nat(0xffffffff),
  secs: fc.nat(0xffff),
  isBroadcast: fc.boolean(),
  ciaddr: fc.nat(0xffffffff),
  yiaddr: fc.nat(0xffffffff),
  mac: fc.uint8Array({ minLength: 6, maxLength: 6 }),
  options: fc
    .array(
      fc.tuple(
        fc.integer({ min: 1, max: 254 }).filter((c) => c !== options.overload),
        bytes(600),
      ),
      {
        maxLength: 8,
      },
    )
    .map((list) => new Map(list)),
});

test("messages survive being written and read", () => {
  fc.assert(
    fc.property(message, (original: DhcpMessage) => {
      const read = decodeDhcp(encodeDhcp(original))!;
      const plain = (m: DhcpMessage) => ({
        ...m,
        mac: [...m.mac],
        options: [...m.options].map(([code, value]) => [code, [...value]]),
      });
      expect(plain(read)).toEqual(plain(original));
    }),
    runs,
  );
});

test("hostile bytes never throw", () => {
  const damaged = fc.tuple(
    message,
    fc.array(fc.tuple(fc.nat(1500), fc.nat(255)), { maxLength: 30 }),
  );
  fc.assert(
    fc.property(damaged, fc.nat(600), ([original, changes], cut) => {
      const encoded = encodeDhcp(original);
      for (const [at, value] of changes) if (at < encoded.length) encoded[at] = value;
      const read = decodeDhcp(encoded.subarray(0, encoded.length - Math.min(cut, encoded.length)));
      if (!read) return;
      for (const code of read.options.keys()) {
        optionNumber(read, code);
        optionAddresses(read, code);
      }
    }),
    runs,
  );
  fc.assert(
    fc.property(bytes(700), (any) => void decodeDhcp(any)),
    runs,
  );
});

test("options continue in the file and name fields", () => {
  const bare: DhcpMessage = {
    op: 2,
    xid: 1,
    secs: 0,
    isBroadcast: false,
    ciaddr: 0,
    yiaddr: 5,
    mac: new Uint8Array(6),
    options: new Map([[options.overload, Uint8Array.of(3)]]),
  };
  const encoded = encodeDhcp(bare);
  encoded.set([options.mask, 4, 255, 255, 0, 0, 255], 108);
  encoded.set([options.server, 4, 10, 0, 0, 1, 255], 44);
  const read = decodeDhcp(encoded)!;
  expect(optionNumber(read, options.mask)).toBe(0xffff0000);
  expect(optionNumber(read, options.server)).toBe(0x0a000001);
});

test("datagrams survive, and any bytes are read without an error", () => {
  const datagram = fc.record({
    source: fc.nat(0xffffffff),
    destination: fc.nat(0xffffffff),
    sourcePort: fc.nat(0xffff),
    destinationPort: fc.nat(0xffff),
    payload: bytes(900),
  });
  fc.assert(
    fc.property(datagram, (original) => {
      const packet = encodeDatagram(original);
      expect(decodeDatagram(packet)).toEqual(original);
      const pseudo = Buffer.concat([
        packet.subarray(12, 20),
        Uint8Array.of(0, 17, packet[24]!, packet[25]!),
        packet.subarray(20),
      ]);
      expect(checksum(pseudo)).toBe(0);
    }),
    runs,
  );
  fc.assert(
    fc.property(bytes(100), (any) => void decodeDatagram(any)),
    runs,
  );
});

test("a damaged IP header is no datagram", () => {
  const packet = encodeDatagram({
    source: 1,
    destination: 2,
    sourcePort: 67,
    destinationPort: 68,
    payload: Uint8Array.of(1),
  });
  packet[8] = packet[8]! - 1;
  expect(decodeDatagram(packet)).toBeUndefined();
});

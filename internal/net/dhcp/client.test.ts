import { expect, test } from "bun:test";
import { formatAddress, formatCidr } from "../cidr.ts";
import { acquire, release, renew, renewalDelaySeconds, type Link } from "./client.ts";
import { decodeDatagram, encodeDatagram } from "./frame.ts";
import { keepLease } from "./keeper.ts";
import {
  bytesOf,
  decodeDhcp,
  encodeDhcp,
  messageTypes,
  optionNumber,
  options,
  typeOf,
  type DhcpMessage,
  type MessageType,
} from "./message.ts";

const mac = Uint8Array.of(0, 0x50, 0x56, 0, 0, 1);
const granted = 0x0a000205;

/** A DHCP server on a link: `answer` decides what each message gets. */
class FakeNetwork {
  readonly seen: DhcpMessage[] = [];
  readonly #answer: (message: DhcpMessage, type: MessageType) => DhcpMessage[];
  #queue: Uint8Array[] = [];
  #wake: () => void = () => {};
  open = 0;

  constructor(answer: (message: DhcpMessage, type: MessageType) => DhcpMessage[]) {
    this.#answer = answer;
  }

  link = (): Link => {
    this.open += 1;
    return {
      mac,
      send: (packet) => {
        const message = decodeDhcp(decodeDatagram(packet)!.payload)!;
        this.seen.push(message);
        for (const reply of this.#answer(message, typeOf(message)!)) this.#queue.push(wrap(reply));
        this.#wake();
      },
      receive: async () => {
        if (this.#queue.length === 0) await Bun.sleep(1);
        return this.#queue.shift();
      },
      close: () => void (this.open -= 1),
    };
  };
}

function wrap(message: DhcpMessage): Uint8Array {
  const payload = encodeDhcp(message);
  return encodeDatagram({
    source: 0x0a000202,
    destination: 0xffffffff,
    sourcePort: 67,
    destinationPort: 68,
    payload,
  });
}

function reply(
  to: DhcpMessage,
  type: MessageType,
  extra: [number, Uint8Array][] = [],
): DhcpMessage {
  const base: [number, Uint8Array][] = [
    [options.type, Uint8Array.of(messageTypes[type])],
    [options.server, bytesOf(0x0a000202)],
    [options.mask, bytesOf(0xffffff00)],
    [options.routers, bytesOf(0x0a000202)],
    [options.dns, Buffer.concat([bytesOf(0x0a000203), bytesOf(0x08080808)])],
    [options.leaseSeconds, bytesOf(3600)],
  ];
  return { ...to, op: 2, yiaddr: granted, options: new Map([...base, ...extra]) };
}

const honest = (message: DhcpMessage, type: MessageType): DhcpMessage[] => {
  if (type === "discover") return [reply(message, "offer")];
  return type === "request" ? [reply(message, "ack")] : [];
};

test("takes the lease it is offered", async () => {
  const network = new FakeNetwork(honest);
  const lease = await acquire({ open: network.link, hostName: "vch" }, 1000);
  expect(formatCidr(lease.address)).toBe("10.0.2.5/24");
  expect(formatAddress(lease.router!)).toBe("10.0.2.2");
  expect(lease.nameservers.map(formatAddress)).toEqual(["10.0.2.3", "8.8.8.8"]);
  expect([lease.leaseSeconds, lease.renewSeconds, lease.rebindSeconds]).toEqual([3600, 1800, 3150]);
  expect(network.seen.map(typeOf)).toEqual(["discover", "request"]);
  expect(Buffer.from(network.seen[1]!.options.get(options.hostName)!).toString()).toBe("vch");
  expect(optionNumber(network.seen[1]!, options.requestedAddress)).toBe(granted);
  expect(network.open).toBe(0);
});

test("answers to others, and offers that lack something, are passed over", async () => {
  const network = new FakeNetwork((message, type) => {
    if (type !== "discover") return honest(message, type);
    const bare = reply(message, "offer");
    bare.options.delete(options.mask);
    const other = { ...reply(message, "offer"), xid: message.xid ^ 1, yiaddr: 7 };
    const stranger = { ...reply(message, "offer"), mac: new Uint8Array(6), yiaddr: 8 };
    return [bare, other, stranger, { ...message }, reply(message, "offer")];
  });
  expect((await acquire({ open: network.link }, 1000)).address.address).toBe(granted);
});

test("a refused request starts over", async () => {
  let refusals = 0;
  const network = new FakeNetwork((message, type) =>
    type === "request" && refusals++ === 0 ? [reply(message, "nak")] : honest(message, type),
  );
  await acquire({ open: network.link }, 1000);
  expect(network.seen.map(typeOf)).toEqual(["discover", "request", "discover", "request"]);
});

test("silence is an error that says what to do", async () => {
  const network = new FakeNetwork(() => []);
  const error = await acquire({ open: network.link }, 30).catch((e) => e);
  expect([error.code, error.hint]).toEqual(["unavailable", expect.stringContaining("static")]);
  expect(network.open).toBe(0);
});

test("renews by its address, and loses the lease when refused", async () => {
  const network = new FakeNetwork(honest);
  const lease = await acquire({ open: network.link }, 1000);
  expect(await renew({ open: network.link }, lease, 1000)).toEqual(lease);
  expect(network.seen.at(-1)!.ciaddr).toBe(granted);
  expect(network.seen.at(-1)!.options.has(options.requestedAddress)).toBe(false);
  const strict = new FakeNetwork((message) => [reply(message, "nak")]);
  expect(await renew({ open: strict.link }, lease, 1000)).toBeUndefined();
  release({ open: network.link }, lease);
  expect(typeOf(network.seen.at(-1)!)).toBe("release");
});

test("a server cannot write lines into resolv.conf", async () => {
  const network = new FakeNetwork((message, type) =>
    honest(message, type).map((m) => {
      m.options.set(options.domainName, Buffer.from("lab.test\nnameserver 6.6.6.6"));
      return m;
    }),
  );
  expect((await acquire({ open: network.link }, 1000)).domain).toBe("lab.test");
});

test("renewal is tried at half the lease, then at half of the rest, at least a minute apart", async () => {
  const network = new FakeNetwork(honest);
  const lease = await acquire({ open: network.link }, 1000);
  expect(renewalDelaySeconds(lease, 0)).toBe(1800);
  expect(renewalDelaySeconds(lease, 1800)).toBe(900);
  expect(renewalDelaySeconds(lease, 3590)).toBe(60);
});

test("a kept lease is given back at the end", async () => {
  const network = new FakeNetwork(honest);
  const stop = new AbortController();
  const got = Promise.withResolvers<string>();
  const kept = keepLease({
    open: network.link,
    signal: stop.signal,
    onLease: async (lease) => got.resolve(formatCidr(lease!.address)),
    onTrouble: got.reject,
  });
  expect(await got.promise).toBe("10.0.2.5/24");
  stop.abort();
  await kept;
  expect(typeOf(network.seen.at(-1)!)).toBe("release");
});

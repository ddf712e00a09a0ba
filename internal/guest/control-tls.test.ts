import { describe, expect, jest, test } from "bun:test";
import { createHash } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import { dialControl, keepControl, listenControl } from "./control-tls.ts";
import type { Hello } from "./control.ts";
import type { Handlers, Mux } from "./mux.ts";
import { testCa } from "./testing.ts";

const ca = await testCa();
const server = await ca.issue("appliance", "server");
const client = await ca.issue("abc", "client");
const hello = (): Hello => ({ id: "abc", run: 1, version: "v", phase: "running" });
const attach = { stdin: true, stdout: true, stderr: false };

async function listen() {
  const queue: Mux[] = [];
  let wake = (): void => {};
  const control = await listenControl({ address: "127.0.0.1", port: 0, ...server }, (mux) => {
    queue.push(mux);
    wake();
  });
  const next = async (): Promise<Mux> => {
    while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return queue.shift()!;
  };
  return { control, next, [Symbol.asyncDispose]: () => control.close() };
}

function dial(port: number, handlers: Handlers, secret = client, say = hello): Promise<Mux> {
  return dialControl({ address: "127.0.0.1", port, secret, hello: say, handlers });
}

describe("control channel over TLS", () => {
  test("an appliance that has no time yet is waited for", async () => {
    await using stand = await listen();
    // Takes the connection, as the kernel does, long before anybody deals with it.
    await using queue = net.createServer().listen(0, "127.0.0.1");
    await once(queue, "listening");
    const accepted = once(queue, "connection") as Promise<[net.Socket]>;
    jest.useFakeTimers();
    try {
      const dialled = dial((queue.address() as net.AddressInfo).port, {});
      const [socket] = await accepted;
      await once(socket, "readable");
      jest.advanceTimersByTime(60_000);
      const upstream = net.connect(stand.control.port, "127.0.0.1");
      socket.pipe(upstream).pipe(socket);
      (await dialled).close();
    } finally {
      jest.useRealTimers();
    }
  });

  test("64 MiB each way at once, byte for byte", async () => {
    await using stand = await listen();
    const total = 64 * 1024 * 1024;
    const block = crypto.getRandomValues(new Uint8Array(65_536));
    const pump = async (write: (b: Uint8Array) => Promise<void>): Promise<string> => {
      const hash = createHash("sha256");
      for (let sent = 0; sent < total;) {
        const size = Math.min(1 + ((sent * 7919) % 65_536), total - sent);
        const chunk = block.subarray(65_536 - size);
        hash.update(chunk);
        await write(chunk);
        sent += size;
      }
      return hash.digest("hex");
    };
    const digest = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
      const hash = createHash("sha256");
      for await (const chunk of chunks) hash.update(chunk);
      return hash.digest("hex");
    };
    const inside = Promise.withResolvers<[string, string]>();
    const tether = await dial(stand.control.port, {
      attach: async (_, stream) => {
        const out = pump((b) => stream.write(b)).then((sum) => (stream.end(), sum));
        inside.resolve(await Promise.all([out, digest(stream.readable)]));
        return { exitCode: 5 };
      },
    });
    const mux = await stand.next();
    const { stream, result } = mux.call("attach", attach);
    const out = pump((b) => stream.write(b)).then((sum) => (stream.end(), sum));
    const [sentOut, gotBack] = await Promise.all([out, digest(stream.readable)]);
    const [sentBack, gotOut] = await inside.promise;
    expect(gotOut).toBe(sentOut);
    expect(gotBack).toBe(sentBack);
    expect(await result).toEqual({ exitCode: 5 });
    tether.close();
  }, 60_000);

  test("a certificate of another CA, or none, is not let in", async () => {
    await using stand = await listen();
    const port = stand.control.port;
    const foreign = await (await testCa()).issue("abc", "client");
    // Under TLS 1.3 a client learns only after its own handshake that it was refused.
    const refused = await dial(port, {}, { ...foreign, caPem: client.caPem }).catch(
      (e) => e as Error,
    );
    if ("closed" in refused) await refused.closed;
    const { caPem } = client;
    const naked = tls.connect({
      port,
      host: "127.0.0.1",
      ca: caPem,
      checkServerIdentity: () => undefined,
    });
    await new Promise<void>((resolve) => {
      naked.on("error", () => {});
      naked.on("close", () => resolve());
      naked.resume();
    });
    const tether = await dial(port, {});
    expect(await (await stand.next()).hello).toEqual(hello());
    tether.close();
  });

  test("the name in the certificate is told, whatever the hello says", async () => {
    const seen = Promise.withResolvers<[string, string]>();
    await using control = await listenControl(
      { address: "127.0.0.1", port: 0, ...server },
      (_, said, name) => seen.resolve([said.id, name]),
    );
    const tether = await dial(control.port, {}, client, () => ({ ...hello(), id: "other" }));
    expect(await seen.promise).toEqual(["other", "abc"]);
    tether.close();
  });

  test("a VM that goes off in the middle of a handshake leaves no connection", async () => {
    await using control = await listenControl(
      { address: "127.0.0.1", port: 0, ...server, handshakeMs: 10 },
      () => {},
    );
    const silent = net.connect(control.port, "127.0.0.1");
    const closed = new Promise((resolve) => silent.once("close", resolve));
    silent.resume();
    await closed;
  });

  test("another VM of the same VCH cannot pose as the appliance", async () => {
    const other = await ca.issue("other", "client");
    await using fake = await listenControl({ address: "127.0.0.1", port: 0, ...other }, () => {});
    await expect(dial(fake.port, {})).rejects.toMatchObject({ code: "unavailable" });
  });

  test("reconnects when the appliance comes back", async () => {
    const abort = new AbortController();
    const first = await listen();
    const port = first.control.port;
    const options = { address: "127.0.0.1", port, secret: client, hello, handlers: {} };
    const kept = keepControl(options, abort.signal, () => {});
    await first.next();
    await first.control.close();
    await using again = await listenControl({ address: "127.0.0.1", port, ...server }, () => {
      abort.abort();
    });
    await kept;
    expect(again.port).toBe(port);
  });
});

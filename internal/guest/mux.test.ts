import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { VicError } from "../errors/errors.ts";
import { frameTypes, windowBytes } from "./control.ts";
import { encodeFrame, encodeJson, encodeU32, FrameParser, type Frame } from "./frame.ts";
import { Mux, type Handlers } from "./mux.ts";
import { memoryPair } from "./testing.ts";

const hello = { id: "c", run: 1, version: "v", phase: "held" } as const;
const noParams = {};

function pair(
  handlers: Handlers | Promise<Handlers> = {},
): { appliance: Mux; tether: Mux } & Disposable {
  const [a, b] = memoryPair();
  const appliance = new Mux(a, { side: "appliance" });
  const tether = new Mux(b, { side: "tether", hello, handlers });
  return { appliance, tether, [Symbol.dispose]: () => tether.close() };
}

const attach = { stdin: true, stdout: true, stderr: true };

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream));
}

describe("calls", () => {
  test("hello, a call without bytes, an error", async () => {
    using ends = pair({
      start: async () => ({}),
      signal: async ({ signal }) => {
        throw new VicError("invalid", `no signal ${signal}`, { hint: "kill -l", detail: { n: 1 } });
      },
    });
    expect(await ends.appliance.hello).toEqual(hello);
    expect(await ends.appliance.call("start", noParams).result).toEqual({});
    const failing = ends.appliance.call("signal", { signal: "SIGFOO" }).result;
    const error = await failing.catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "invalid", hint: "kill -l", detail: { n: 1 } });
    const unknown = ends.appliance.call("resize", { rows: 1, columns: 1 }).result;
    expect(unknown).rejects.toMatchObject({ code: "unsupported" });
    await unknown.catch(() => {});
  });

  test("wait for handlers that are still to come; one that was given up meanwhile is not answered", async () => {
    const handlers = Promise.withResolvers<Handlers>();
    using ends = pair(handlers.promise);
    let starts = 0;
    const gone = new AbortController();
    const given = ends.appliance.call("start", noParams, gone.signal).result;
    const kept = ends.appliance.call("start", noParams).result;
    gone.abort();
    expect(given).rejects.toMatchObject({ code: "cancelled" });
    await given.catch(() => {});
    await ends.appliance.flush();
    handlers.resolve({
      start: async () => {
        starts += 1;
        return {};
      },
    });
    expect(await kept).toEqual({});
    expect(starts).toBe(1);
  });

  test("bytes both ways, half-close, result after the last byte", async () => {
    using ends = pair({
      attach: async (_, stream) => {
        const got = await readAll(stream.readable);
        await stream.write(got.reverse());
        return { exitCode: 3 };
      },
    });
    const { stream, result } = ends.appliance.call("attach", attach);
    const sent = crypto.getRandomValues(new Uint8Array(60_000));
    const big = Buffer.concat(Array.from({ length: 30 }, () => sent));
    await stream.write(big);
    stream.end();
    const back = await readAll(stream.readable);
    expect(await result).toEqual({ exitCode: 3 });
    expect(back.reverse().equals(big)).toBeTrue();
    await expect(stream.write(sent)).rejects.toMatchObject({ code: "cancelled" });
  });

  test("a reader that does not read stops the writer at the window", async () => {
    let written = 0;
    const full = Promise.withResolvers<void>();
    using ends = pair({
      attach: async (_, stream) => {
        const chunk = new Uint8Array(16 * 1024);
        for (let i = 0; i < 64; i++) {
          await stream.write(chunk);
          written += chunk.length;
          if (written === windowBytes) full.resolve();
        }
        return { exitCode: 0 };
      },
      start: async () => ({}),
    });
    const { stream, result } = ends.appliance.call("attach", attach);
    await full.promise;
    // Other calls go on meanwhile, and nothing more is taken.
    for (let i = 0; i < 20; i++) await ends.appliance.call("start", noParams).result;
    expect(written).toBe(windowBytes);
    expect((await readAll(stream.readable)).length).toBe(64 * 16 * 1024);
    expect(await result).toEqual({ exitCode: 0 });
  });

  test("cancelling tells the handler and keeps the connection", async () => {
    const aborted = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    using ends = pair({
      logs: (_, stream, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            stream.write(new Uint8Array(1)).catch(() => aborted.resolve());
            reject(signal.reason as Error);
          });
          started.resolve();
        }),
      start: async () => ({}),
    });
    const abort = new AbortController();
    const params = { follow: true, stdout: true, stderr: true, tail: -1 };
    const { stream, result } = ends.appliance.call("logs", params, abort.signal);
    await started.promise;
    abort.abort();
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    await expect(stream.read()).rejects.toMatchObject({ code: "cancelled" });
    await aborted.promise;
    expect(await ends.appliance.call("start", noParams).result).toEqual({});
  });

  test("a lost connection ends everything on it", async () => {
    const ended = Promise.withResolvers<void>();
    const ends = pair({
      attach: (_, stream, signal) => {
        signal.addEventListener("abort", () => ended.resolve());
        return stream.read().then(() => ({ exitCode: 0 }));
      },
    });
    const { stream, result } = ends.appliance.call("attach", attach);
    await ends.appliance.hello;
    ends.appliance.close();
    await expect(result).rejects.toMatchObject({ code: "unavailable" });
    await expect(stream.read()).rejects.toMatchObject({ code: "unavailable" });
    await ended.promise;
    expect((await ends.tether.closed).code).toBe("unavailable");
    expect(() => ends.appliance.call("start", noParams)).toThrow("closed");
  });

  test("flush waits until results have arrived", async () => {
    using ends = pair({
      attach: async (_, stream) => {
        await stream.write(new Uint8Array(windowBytes));
        void stream.write(new Uint8Array(10));
        return { exitCode: 0 };
      },
    });
    const { stream } = ends.appliance.call("attach", attach);
    await stream.read();
    let isFlushed = false;
    const flushed = ends.tether.flush().then(() => (isFlushed = true));
    expect(isFlushed).toBeFalse();
    expect((await readAll(stream.readable)).length).toBeGreaterThan(windowBytes / 2);
    await flushed;
  });
});

describe("a peer that misbehaves", () => {
  async function reasonAfter(...frames: Uint8Array[]): Promise<VicError> {
    const [a, b] = memoryPair(10_000);
    const mux = new Mux(a, { side: "appliance", handlers: { start: async () => ({}) } });
    for (const frame of frames) await b.write(frame);
    return await mux.closed;
  }

  test.each([
    ["stream id of the wrong side", [encodeJson(frameTypes.open, 2, { method: "start" })]],
    [
      "stream id used twice",
      [1, 1].map((id) => encodeJson(frameTypes.open, id, { method: "start" })),
    ],
    ["no JSON", [encodeFrame(frameTypes.open, 1, Buffer.from("x"))]],
    ["malformed hello", [encodeJson(frameTypes.hello, 0, { id: 1 })]],
    ["unknown type", [encodeFrame(99, 0)]],
    ["short window", [encodeFrame(frameTypes.ping, 0)]],
  ])("%s", async (_, frames) => {
    expect((await reasonAfter(...frames)).code).toBe("damaged");
  });

  test("more data than the window", async () => {
    const [a, b] = memoryPair(100);
    const mux = new Mux(a, {
      side: "appliance",
      handlers: { attach: () => new Promise(() => {}) },
    });
    await b.write(encodeJson(frameTypes.open, 1, { method: "attach", params: attach }));
    const chunk = encodeFrame(frameTypes.data, 1, new Uint8Array(64 * 1024));
    for (let i = 0; i < 5; i++) await b.write(chunk);
    expect((await mux.closed).message).toContain("window");
  });

  test("an inherited property is not a method", async () => {
    const [a, b] = memoryPair();
    const mux = new Mux(a, { side: "appliance" });
    await b.write(encodeJson(frameTypes.open, 1, { method: "toString", params: {} }));
    const frames: Frame[] = [];
    const parser = new FrameParser();
    for await (const chunk of b.chunks) {
      frames.push(...parser.push(chunk));
      if (frames.length > 0) break;
    }
    expect(Buffer.from(frames[0]!.payload).toString()).toContain("unsupported");
    mux.close();
  });

  test("silence is death", async () => {
    const [a] = memoryPair();
    const mux = new Mux(a, { side: "appliance", pingMs: 5, deadMs: 30 });
    expect((await mux.closed).message).toContain("silent");
  });

  test("random frames never break a mux in another way than closing it", async () => {
    const frame = fc.record({
      type: fc.nat(9),
      stream: fc.nat(5),
      payload: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constant(Buffer.from('{"method":"attach","params":{}}')),
        fc.nat(windowBytes).map((n) => encodeU32(0, 0, n).subarray(9)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 30 }), async (frames) => {
        const [a, b] = memoryPair(1000);
        const handlers: Handlers = { attach: async (_, s) => (await s.read(), { exitCode: 0 }) };
        const mux = new Mux(a, { side: "appliance", handlers });
        try {
          for (const f of frames) await b.write(encodeFrame(f.type, f.stream, f.payload));
        } catch {
          // Closed by the mux.
        }
        b.close();
        expect(["damaged", "unavailable"]).toContain((await mux.closed).code);
      }),
    );
  });
});

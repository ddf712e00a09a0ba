import { expect, test } from "bun:test";
import { CallServer, type CallMessage, type Operate } from "../../guest/operations/call-server.ts";
import { guestFault } from "../../guest/operations/contract.ts";
import { chunkBytes, chunkWindow } from "../../guest/tools-wire.ts";
import { type CallResult, GuestCalls } from "./guest-calls.ts";

/** Both ends of calls, joined in memory by a wire that counts what is under way. */
function pair(operate: Operate, options: { silentMs?: number } = {}) {
  const log: string[] = [];
  const server = new CallServer(operate, (message) => {
    log.push(`guest ${Object.keys(message)[0]}`);
    setImmediate(() => calls.receive(message as CallResult));
  });
  const calls = new GuestCalls((message) => {
    log.push(`host ${Object.keys(message)[0]}`);
    setImmediate(() => server.receive(message as CallMessage));
  }, options);
  return { calls, server, log };
}

const bytes = (length: number) => Buffer.alloc(length, "0123456789");

test("bytes go both ways, and neither end sends more than a window ahead", async () => {
  const total = chunkBytes * 40 + 5;
  let received = 0;
  const gate = Promise.withResolvers<void>();
  const { calls, log } = pair(async (_, __, stream) => {
    for await (const piece of stream.read()) received += piece.length;
    await stream.write(bytes(total));
    return { received };
  });
  let sent = 0;
  async function* input() {
    yield bytes(total);
  }
  const answer = calls.call({
    operation: "echo",
    params: {},
    input: input(),
    output: async (piece) => {
      if (sent === 0) await gate.promise;
      sent += piece.length;
    },
  });
  while (log.filter((l) => l === "guest data").length < chunkWindow) await Bun.sleep(0);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  // One piece was acknowledged as it went to the reader that waits.
  expect(log.filter((l) => l === "guest data").length).toBeLessThanOrEqual(chunkWindow + 1);
  gate.resolve();
  expect(await answer).toEqual({ received: total });
  expect([received, sent]).toEqual([total, total]);
});

test("faults of the guest arrive; made up ones become CannotAccessFile", async () => {
  const { calls } = pair(async (operation) => {
    if (operation === "a") throw guestFault("FileNotFound", "no", { file: "/x", more: {} });
    throw Object.assign(new Error("odd"), {});
  });
  await expect(calls.call({ operation: "a", params: {} })).rejects.toMatchObject({
    detail: { fault: "FileNotFound", properties: { file: "/x" } },
  });
  await expect(calls.call({ operation: "b", params: {} })).rejects.toMatchObject({
    detail: { fault: "CannotAccessFile" },
  });
});

test("a call that is cancelled, and a guest that goes away or is silent, end what waits", async () => {
  const aborted = Promise.withResolvers<void>();
  const { calls } = pair(async (_, __, { signal }) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    aborted.resolve();
    return {};
  });
  const abort = new AbortController();
  const cancelled = calls.call({ operation: "x", params: {}, signal: abort.signal });
  setImmediate(() => setImmediate(() => abort.abort()));
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
  await aborted.promise;
  const gone = calls.call({ operation: "x", params: {} });
  calls.close();
  const fault = "GuestOperationsUnavailable";
  await expect(gone).rejects.toMatchObject({ detail: { fault } });
  const quiet = pair(() => new Promise(() => {}), { silentMs: 20 });
  await expect(quiet.calls.call({ operation: "x", params: {} })).rejects.toMatchObject({
    detail: { fault },
  });
});

test("an input that fails, and an output that refuses, end the call on both sides", async () => {
  const ended: string[] = [];
  const { calls } = pair(async (operation, _, stream) => {
    try {
      if (operation === "read") for (;;) await stream.write(bytes(chunkBytes));
      for await (const _piece of stream.read());
      return {};
    } finally {
      ended.push(operation);
    }
  });
  // oxlint-disable-next-line require-yield -- it fails before its first piece
  async function* broken(): AsyncGenerator<Uint8Array> {
    throw new Error("the client is gone");
  }
  const write = calls.call({ operation: "write", params: {}, input: broken() });
  const output = () => Promise.reject(new Error("no more"));
  const read = calls.call({ operation: "read", params: {}, output });
  await expect(write).rejects.toThrow("the client is gone");
  await expect(read).rejects.toThrow("no more");
  while (ended.length < 2) await new Promise((resolve) => setImmediate(resolve));
});

test("more calls than allowed are refused", async () => {
  const { calls } = pair(() => new Promise(() => {}));
  const many = Array.from({ length: 33 }, () => calls.call({ operation: "x", params: {} }));
  await expect(many[32]).rejects.toThrow("32 operations");
  calls.close();
  await Promise.allSettled(many);
});

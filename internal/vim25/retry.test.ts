import { expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { faultError } from "./fault.ts";
import { retryBusy } from "./retry.ts";

const fault = (type: string) => faultError({ fault: { _type: type }, message: type });

/** Fails with each of `errors` in turn, then succeeds; counts its runs. */
function work(...errors: Error[]) {
  const runs = { count: 0 };
  const run = async () => {
    const error = errors[runs.count++];
    if (error) throw error;
    return "done";
  };
  return { run, runs };
}

test("what passes by itself is tried again, also as the cause of something else", async () => {
  const inner = fault("VAppTaskInProgress");
  const outer = new VicError("conflict", "outer", { cause: inner });
  const { run, runs } = work(fault("TaskInProgress"), fault("HostCommunication"), outer);
  expect(await retryBusy(run)).toBe("done");
  expect(runs.count).toBe(4);
});

test("anything else is not, unless it was named", async () => {
  const stale = work(fault("ConcurrentAccess"));
  await expect(retryBusy(stale.run)).rejects.toMatchObject({ code: "concurrent" });
  expect(stale.runs.count).toBe(1);
  const named = work(fault("ConcurrentAccess"));
  expect(await retryBusy(named.run, { also: ["ConcurrentAccess"] })).toBe("done");
});

test("it ends: with its time, and with the signal", async () => {
  const forever = async () => {
    throw fault("TaskInProgress");
  };
  await expect(retryBusy(forever, { elapsedMs: 0 })).rejects.toMatchObject({ code: "conflict" });
  const stop = new AbortController();
  let runs = 0;
  const stopping = retryBusy(
    () => {
      if (++runs === 2) stop.abort();
      return forever();
    },
    { signal: stop.signal },
  );
  await expect(stopping).rejects.toMatchObject({ code: "cancelled" });
  expect(runs).toBe(2);
});

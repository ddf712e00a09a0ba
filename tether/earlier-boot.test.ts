import { expect, test } from "bun:test";
import { keys, type GuestState } from "../internal/guest/config.ts";
import { hasEarlierBoot } from "./earlier-boot.ts";

async function boot(run: number, state: GuestState | string | undefined) {
  const before = typeof state === "object" ? JSON.stringify(state) : state;
  let after: GuestState | undefined;
  const guestInfo = {
    get: async () => before,
    set: async (key: string, value: string) => {
      expect(key).toBe(keys.state);
      after = JSON.parse(value) as GuestState;
    },
  };
  return { isLate: await hasEarlierBoot(guestInfo, run), after };
}

test("the first boot of a run is none that had an earlier one", async () => {
  for (const state of [undefined, "", "{", { run: 1, phase: "exited" as const, exitCode: 3 }])
    expect(await boot(2, state)).toEqual({ isLate: false, after: undefined });
  expect((await boot(0, { run: 0, phase: "starting" })).isLate).toBe(false);
});

test("a run that was cut off is told as such, with what was known of it", async () => {
  const startedAt = "2026-01-01T00:00:00Z";
  const { isLate, after } = await boot(2, { run: 2, phase: "running", startedAt, isPaused: true });
  expect(isLate).toBe(true);
  expect(after).toMatchObject({
    run: 2,
    phase: "exited",
    exitCode: 255,
    startedAt,
    isPaused: false,
  });
  expect(Date.parse(after!.finishedAt!)).toBeGreaterThan(Date.parse(startedAt));
});

test("a start that was cut off has failed, and what has ended stays as it is", async () => {
  const { after } = await boot(2, { run: 2, phase: "starting" });
  expect(after).toMatchObject({ run: 2, phase: "failed", exitCode: 128 });
  for (const phase of ["exited", "failed"] as const)
    expect(await boot(2, { run: 2, phase })).toEqual({ isLate: true, after: undefined });
});

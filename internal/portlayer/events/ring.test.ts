import { expect, test } from "bun:test";
import { EventRing } from "./ring.ts";

const event = (id: string) => ({
  type: "container" as const,
  action: "create" as const,
  id,
  attributes: {},
});

async function take(ring: EventRing, count: number, since?: bigint): Promise<string[]> {
  const stop = new AbortController();
  const ids: string[] = [];
  for await (const { id } of ring.follow(since, stop.signal))
    if (ids.push(id) === count) stop.abort();
  return ids;
}

test("keeps the newest, in order, with times that never repeat", async () => {
  const ring = new EventRing(3);
  for (const id of ["a", "b", "c", "d"]) ring.publish(event(id));
  expect(await take(ring, 3, 0n)).toEqual(["b", "c", "d"]);
  const times: bigint[] = [];
  const stop = new AbortController();
  for await (const { timeNs } of ring.follow(0n, stop.signal))
    if (times.push(BigInt(timeNs)) === 3) stop.abort();
  expect(times[0]! < times[1]! && times[1]! < times[2]!).toBe(true);
  expect(await take(ring, 2, times[1])).toEqual(["c", "d"]);
});

test("a reader gets what comes, one that is too far behind the newest, and ends with its signal", async () => {
  const ring = new EventRing(2);
  ring.publish(event("before"));
  const stop = new AbortController();
  const reader = ring.follow(undefined, stop.signal);
  const first = reader.next();
  ring.publish(event("a"));
  expect((await first).value?.id).toBe("a");
  for (const id of ["b", "c", "d"]) ring.publish(event(id));
  expect((await reader.next()).value?.id).toBe("c");
  await reader.next();
  const last = reader.next();
  stop.abort();
  expect((await last).done).toBe(true);
});

test("the past has an end", () => {
  const ring = new EventRing(3);
  for (const id of ["a", "b", "c", "d"]) ring.publish(event(id));
  const past = ring.past(0n);
  expect(past.map(({ id }) => id)).toEqual(["b", "c", "d"]);
  expect(ring.past(BigInt(past[2]!.timeNs)).map(({ id }) => id)).toEqual(["d"]);
});

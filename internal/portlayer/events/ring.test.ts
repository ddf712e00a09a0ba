import { expect, test } from "bun:test";
import { nowNs } from "../time.ts";
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
  for await (const { id } of ring.follow({ since }, stop.signal))
    if (ids.push(id) === count) stop.abort();
  return ids;
}

test("keeps the newest, in order, with times that never repeat", async () => {
  const ring = new EventRing(3);
  for (const id of ["a", "b", "c", "d"]) ring.publish(event(id));
  expect(await take(ring, 3, 0n)).toEqual(["b", "c", "d"]);
  const times: bigint[] = [];
  const stop = new AbortController();
  for await (const { timeNs } of ring.follow({ since: 0n }, stop.signal))
    if (times.push(BigInt(timeNs)) === 3) stop.abort();
  expect(times[0]! < times[1]! && times[1]! < times[2]!).toBe(true);
  expect(await take(ring, 2, times[1])).toEqual(["c", "d"]);
});

test("a reader gets what comes, one that is too far behind the newest, and ends with its signal", async () => {
  const ring = new EventRing(2);
  ring.publish(event("before"));
  const stop = new AbortController();
  const reader = ring.follow({}, stop.signal);
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

test("until: what is over ends by itself, what is to come ends when it is over", async () => {
  const ring = new EventRing(3);
  for (const id of ["a", "b", "c", "d"]) ring.publish(event(id));
  const { signal } = new AbortController();
  const all = await Array.fromAsync(ring.follow({ since: 0n, until: nowNs() }, signal));
  expect(all.map(({ id }) => id)).toEqual(["b", "c", "d"]);
  const [b, c] = all.map(({ timeNs }) => BigInt(timeNs));
  const between = await Array.fromAsync(ring.follow({ since: c!, until: c! }, signal));
  expect(between.map(({ id }) => id)).toEqual(["c"]);
  const until = nowNs() + 50_000_000n;
  const reader = Array.fromAsync(ring.follow({ since: b! + 1n, until }, signal));
  ring.publish(event("e"));
  expect((await reader).map(({ id }) => id)).toEqual(["c", "d", "e"]);
  expect(nowNs() > until).toBe(true);
});

test("a reader that has not asked yet misses nothing that comes after the call", async () => {
  const ring = new EventRing(3);
  ring.publish(event("before"));
  const stop = new AbortController();
  const reader = ring.follow({}, stop.signal);
  ring.publish(event("after"));
  expect((await reader.next()).value?.id).toBe("after");
  stop.abort();
});

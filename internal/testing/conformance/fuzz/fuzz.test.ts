import { expect, test } from "bun:test";
import { FakeProcess } from "../fake-process.ts";
import { Random } from "./random.ts";
import { round, type Tally } from "./round.ts";
import { Scene } from "./scene.ts";

/** Cases of a run; VIC_FUZZ_SEED repeats one. */
const casesMany = process.env["VIC_SOAK"] ? 100_000 : 10_000;
const seed = Number(process.env["VIC_FUZZ_SEED"] ?? Date.now() % 2 ** 31);
/** What was made is removed after so many cases: what a case builds on is there, and memory can be compared. */
const roundCases = 2_000;
const progressCases = 10_000;
const sessions = 4;
/** Memory after the first rounds, and how much more there may be at the end. */
const warmRounds = 2;
const growthMax = 1.5;
const growthBytesMax = 128 * 1024 * 1024;

test(`${casesMany} malformed requests, seed ${seed}`, async () => {
  console.log(`fuzz seed ${seed}: VIC_FUZZ_SEED=${seed} repeats it`);
  await using host = await FakeProcess.start();
  await using client = await host.connect();
  const scene = new Scene(host, client);
  await scene.set();
  const random = new Random(seed);
  const tally: Tally = new Map();
  const resident: number[] = [];
  for (let done = 0; done < casesMany; done += roundCases) {
    const refs = await scene.restore();
    const cookies = await Promise.all(Array.from({ length: sessions }, () => host.cookie()));
    await round({ host, random, refs, cookies, tally }, roundCases);
    for (const cookie of cookies) await host.logout(cookie);
    resident.push(host.residentBytes);
    expect(scene.escaped()).toEqual([]);
    if (done % progressCases === 0) console.log(`${done + roundCases} cases sent`);
  }
  const megabytes = resident.map((bytes) => Math.round(bytes / 1e6));
  console.log(
    [...tally]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, n]) => `${what}: ${n}`)
      .join(", "),
  );
  console.log(`resident MB after each ${roundCases}: ${megabytes.join(" ")}`);
  const warm = resident[warmRounds - 1] ?? 0;
  expect(resident.at(-1)).toBeLessThan(Math.max(warm * growthMax, warm + growthBytesMax));
});

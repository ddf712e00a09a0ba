/** Containers come and go; a VCH and its vic-host stay as they are. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Stand } from "../../stand/stand.ts";
import { leaksSince, takeCensus, type Census } from "./census.ts";
import { closeVch, openVch } from "./vch.ts";

const isLong = process.env["VIC_SOAK"] === "1";
const atOnce = isLong ? 20 : 6;
const cycles = isLong ? 100 : 10;
/** Until caches and pools are filled, as far as the test is long enough for that. */
const warmUpCycles = isLong ? 10 : 2;
/** Lives at the same time: one more than a small machine has processors. */
const lanes = 3;
const tolerance = { openFiles: 8, memoryMiB: 48 };

let stand: Stand;
let isFailed = true;
beforeAll(async () => {
  stand = await openVch("127.0.88.0/24");
}, 900_000);
afterAll(() => closeVch(stand, isFailed), 300_000);

/** Waits until all is as it was, and says what is not. */
async function expectNothingLeft(before: Census): Promise<void> {
  expect(await leaksSince(before, () => takeCensus(stand), tolerance)).toEqual([]);
}

/** Lives that end in all the ways there are. */
const lives: ((name: string) => Promise<unknown>)[] = [
  async (name) => {
    const said = await stand.dockerOk(["run", "--rm", "--name", name, "busybox", "echo", name]);
    expect(said).toBe(`${name}\n`);
  },
  async (name) => {
    await stand.dockerOk(["create", "--name", name, "-p", "80", "busybox", "sleep", "1000"]);
    await stand.dockerOk(["start", name]);
    expect(await stand.dockerOk(["exec", name, "echo", name])).toBe(`${name}\n`);
    await stand.dockerOk(["rm", "-f", name]);
  },
  async (name) => {
    await stand.dockerOk(["create", "--name", name, "busybox", "true"]);
    await stand.dockerOk(["rm", name]);
  },
  async (name) => {
    await stand.dockerOk(["run", "-d", "--name", name, "busybox", "sh", "-c", "echo a; exit 3"]);
    expect(await stand.dockerOk(["wait", name])).toBe("3\n");
    expect(await stand.dockerOk(["logs", name])).toBe("a\n");
    await stand.dockerOk(["rm", name]);
  },
];

async function live(prefix: string, count: number): Promise<void> {
  const todo = Array.from({ length: count }, (_, i) => i);
  const lane = async () => {
    for (let i = todo.shift(); i !== undefined; i = todo.shift())
      await lives[i % lives.length]!(`${prefix}${i}`);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

test(`${atOnce} containers started at once all run`, async () => {
  const before = await takeCensus(stand);
  const names = Array.from({ length: atOnce }, (_, i) => `once${i}`);
  const since = performance.now();
  const run = (name: string) => ["run", "-d", "--name", name, "busybox", "sleep", "9999"];
  const ran = await Promise.all(names.map((name) => stand.docker(run(name))));
  console.log(`${atOnce} run after ${((performance.now() - since) / 1000).toFixed(1)} s`);
  expect(ran.flatMap(({ code, stderr }) => (code === 0 ? [] : [stderr]))).toEqual([]);
  const shown = await stand.dockerOk(["ps", "--format", "{{.Names}} {{.State}}"]);
  expect(shown.trim().split("\n").toSorted()).toEqual(names.map((n) => `${n} running`).toSorted());
  for (const name of names)
    expect(await stand.dockerOk(["exec", name, "echo", name])).toBe(`${name}\n`);
  await stand.dockerOk(["rm", "-f", ...names]);
  await expectNothingLeft(before);
}, 1_800_000);

test(`${cycles} containers leave nothing behind`, async () => {
  await live("warm", warmUpCycles);
  const before = await takeCensus(stand);
  const since = performance.now();
  await live("life", cycles);
  console.log(`${cycles} lives took ${((performance.now() - since) / 1000).toFixed(1)} s`);
  await expectNothingLeft(before);
  isFailed = false;
}, 3_600_000);

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Stand } from "../../stand/stand.ts";
import { leaksSince, takeCensus, type Census } from "../leaks/census.ts";
import { closeVch, openVch } from "../leaks/vch.ts";
import { Soak } from "./soak.ts";
import { victims } from "./victims.ts";

const isLong = process.env["VIC_SOAK"] === "1";
const longMs = 10 * 60_000;
/** One of each. */
const killsShort = Object.keys(victims).length;
const tolerance = { openFiles: 16, memoryMiB: 64 };

let stand: Stand;
let isFailed = true;
beforeAll(async () => {
  stand = await openVch("127.0.89.0/24");
}, 900_000);
afterAll(() => closeVch(stand, isFailed), 300_000);

/** What is on the datastore and runs is compared with what docker knows: the template may be a new one. */
function inAppliance({ things, uses }: Census): Census {
  const isOfIt = (thing: string) => /^(appliance|control|nft|mount|block|port) /.test(thing);
  return { uses, things: new Set([...things].filter(isOfIt)) };
}

test(`kills during ${isLong ? "10 minutes" : "some calls"} lose nothing that was acknowledged, and leave nothing behind`, async () => {
  const seed = Number(process.env["VIC_SEED"] ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}`);
  const before = inAppliance(await takeCensus(stand));
  const soak = new Soak(stand, seed, (line) => console.log(line));
  const since = performance.now();
  const report = await soak.run(({ kills }) => {
    if (isLong) return performance.now() - since > longMs;
    return Object.values(kills).reduce((sum, n) => sum + n, 0) >= killsShort;
  });
  expect(report.problems).toEqual([]);
  expect((await soak.clear()).problems).toEqual([]);
  const take = async () => inAppliance(await takeCensus(stand));
  expect(await leaksSince(before, take, tolerance)).toEqual([]);
  isFailed = false;
}, 3_600_000);

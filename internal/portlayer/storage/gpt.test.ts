import { expect, test } from "bun:test";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gptBlocks, placePartitions, sectorBytes } from "./gpt.ts";

const diskBytes = 1 << 30;
const slot = (bytes: number) => ({ bytes, name: `layer ${bytes}` });

test("partitions are aligned, in order, and go on behind what is there", () => {
  const first = placePartitions([], [slot(1), slot((1 << 20) + 1)], diskBytes);
  expect(first.map((p) => [p.number, p.firstSector, p.lastSector])).toEqual([
    [1, 2048, 4095],
    [2, 4096, 8191],
  ]);
  const more = placePartitions(first, [slot(5)], diskBytes);
  expect(more[0]).toMatchObject({ number: 3, firstSector: 8192 });
});

test("what does not fit is refused", () => {
  expect(() => placePartitions([], [slot(diskBytes)], diskBytes)).toThrow("do not fit");
  const many = Array.from({ length: 129 }, () => slot(1));
  expect(() => placePartitions([], many, diskBytes)).toThrow("128 layers");
});

test("sfdisk accepts the table and its backup", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gpt-"));
  const path = join(folder, "disk");
  const file = await open(path, "w");
  await file.truncate(diskBytes);
  const partitions = placePartitions([], [slot(1 << 20), slot(9 << 20)], diskBytes);
  for (const { offset, bytes } of gptBlocks(partitions, diskBytes))
    await file.write(bytes, 0, bytes.length, offset);
  await file.close();
  const sfdisk = (...args: string[]) => Bun.spawnSync(["/usr/sbin/sfdisk", ...args, path]);
  expect(sfdisk("--verify").stdout.toString()).toContain("No errors detected");
  const table = JSON.parse(sfdisk("--json").stdout.toString()).partitiontable;
  expect(table.partitions.map((p: { start: number; size: number }) => [p.start, p.size])).toEqual(
    partitions.map((p) => [p.firstSector, p.lastSector - p.firstSector + 1]),
  );
  // The backup must be good on its own.
  const wiped = await open(path, "r+");
  await wiped.write(Buffer.alloc(sectorBytes), 0, sectorBytes, sectorBytes);
  await wiped.close();
  expect(sfdisk("--json").stdout.toString()).toContain('"label": "gpt"');
  await rm(folder, { recursive: true });
});

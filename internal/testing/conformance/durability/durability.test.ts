import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Soak } from "./soak.ts";

const isLong = process.env["VIC_SOAK"] === "1";
const kills = isLong ? 200 : 10;

test(
  `${kills} kills under load lose no acknowledged change and leave nothing behind`,
  async () => {
    const dir = mkdtempSync(join(tmpdir(), "vic-durability-"));
    const seed = Number(process.env["VIC_SEED"] ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}`);
    const soak = new Soak(dir, seed);
    try {
      const report = await soak.run(kills, ({ kills: done, acknowledged }) => {
        if (done % 10 === 0) console.log(`${done} kills, ${acknowledged} changes acknowledged`);
      });
      if (report.problems.length === 0) await soak.clear();
      console.log({ ...report, problems: report.problems.length });
      const log = readFileSync(join(dir, "vic-host.log"), "utf8");
      expect(report.problems, log).toEqual([]);
    } finally {
      await soak.program.end();
      rmSync(dir, { recursive: true, force: true });
    }
  },
  isLong ? 3_600_000 : 180_000,
);

import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asLayer, changesOf } from "./changes.ts";
import { Scope } from "./scope.ts";
import { tarOf } from "./tar-out.ts";

const isRoot = process.getuid?.() === 0;
let folder: string;
let parts: { upper: string; lowers: string[] };

/** A real overlay, so that its upper directory is what the kernel makes of it. */
beforeAll(() => {
  if (!isRoot) return;
  folder = mkdtempSync(join(tmpdir(), "changes-"));
  run("mount", "-t", "tmpfs", "none", folder);
  const [low, high, upper, work, merged] = ["low", "high", "upper", "work", "merged"].map(
    (name) => {
      mkdirSync(join(folder, name));
      return join(folder, name);
    },
  ) as [string, string, string, string, string];
  mkdirSync(join(low, "etc/old"), { recursive: true });
  mkdirSync(join(low, "usr/share"), { recursive: true });
  for (const path of ["etc/gone", "etc/old/a", "etc/kept", "usr/share/x"])
    writeFileSync(join(low, path), path);
  mkdirSync(join(high, "usr/share"), { recursive: true });
  const layers = `lowerdir=${high}:${low},upperdir=${upper},workdir=${work}`;
  run("mount", "-t", "overlay", "overlay", "-o", layers, merged);
  rmSync(join(merged, "etc/gone"));
  rmSync(join(merged, "etc/old"), { recursive: true });
  mkdirSync(join(merged, "etc/old"));
  writeFileSync(join(merged, "etc/old/b"), "b");
  writeFileSync(join(merged, "etc/kept"), "changed");
  writeFileSync(join(merged, "usr/share/x"), "changed deep down");
  writeFileSync(join(merged, "new"), "new");
  run("umount", merged);
  parts = { upper, lowers: [high, low] };
});
afterAll(() => {
  if (!isRoot) return;
  run("umount", folder);
  rmSync(folder, { recursive: true });
});

function run(...command: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(command);
  if (exitCode !== 0) throw new Error(`${command.join(" ")}: ${stderr.toString()}`);
}

test.if(isRoot)("changes are told as docker diff has them", () => {
  const letters = ["C", "A", "D"];
  const told = [...changesOf(parts)].map(({ path, kind }) => `${letters[kind]} ${path}`);
  expect(told).toEqual([
    "C /etc",
    "D /etc/gone",
    "C /etc/kept",
    "C /etc/old",
    "A /etc/old/b",
    "A /new",
    "C /usr",
    "C /usr/share",
    "C /usr/share/x",
  ]);
});

test.if(isRoot)(
  "as a layer, deletions are whiteouts and a new directory hides the old one",
  async () => {
    using scope = new Scope(parts.upper);
    using start = scope.find("/", true);
    const bytes = await Array.fromAsync(tarOf(start, "", { choose: asLayer }));
    const list = Bun.spawnSync(["tar", "-tf", "-"], { stdin: Buffer.concat(bytes) });
    expect(list.stdout.toString().trim().split("\n")).toEqual([
      "etc/",
      "etc/.wh.gone",
      "etc/kept",
      "etc/old/",
      "etc/old/.wh..wh..opq",
      "etc/old/b",
      "new",
      "usr/",
      "usr/share/",
      "usr/share/x",
    ]);
  },
);

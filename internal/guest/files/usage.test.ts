import { expect, test } from "bun:test";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usedBytes } from "./usage.ts";

test("files count once, folders and what links lead to not at all", async () => {
  const root = mkdtempSync(join(tmpdir(), "usage-"));
  try {
    mkdirSync(join(root, "a/b"), { recursive: true });
    writeFileSync(join(root, "a/b/file"), "x".repeat(1000));
    linkSync(join(root, "a/b/file"), join(root, "other"));
    symlinkSync("/etc", join(root, "etc"));
    expect(await usedBytes(root)).toBe(1004);
    expect(await usedBytes(join(root, "nowhere"))).toBe(0);
  } finally {
    rmSync(root, { recursive: true });
  }
});

import { expect, test } from "bun:test";
import { mkdtempSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeInitLayer, overlayOptions } from "./overlay.ts";

test("127 layers fit into one page of options", () => {
  const lowers = Array.from({ length: 127 }, (_, n) => `/run/l/${n}`).toReversed();
  const options = overlayOptions(lowers, "/run/vic/scratch");
  expect(options.startsWith("lowerdir=/run/l/126:/run/l/125:")).toBeTrue();
  expect(options).toContain(",upperdir=/run/vic/scratch/upper,workdir=/run/vic/scratch/work,");
  expect(options.length).toBeLessThan(4096);
  expect(() => overlayOptions([lowers, lowers, lowers, lowers].flat(), "/s")).toThrow("too many");
});

test("without a scratch folder nothing can be written", () => {
  expect(overlayOptions(["/a"])).toBe("lowerdir=/a,index=off,metacopy=off,redirect_dir=off");
});

test("the layer that Docker puts between has a list of mounts, and can be made again", () => {
  const folder = mkdtempSync(join(tmpdir(), "init-layer-"));
  try {
    for (let times = 0; times < 2; times++) makeInitLayer(folder);
    expect(readlinkSync(join(folder, "etc/mtab"))).toBe("/proc/mounts");
    expect(statSync(join(folder, ".dockerenv")).mode & 0o777).toBe(0o755);
    expect(statSync(join(folder, "etc/hosts")).mode & 0o777).toBe(0o644);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

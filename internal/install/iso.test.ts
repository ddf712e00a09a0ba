import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { versionString } from "../version/version.ts";
import { checkIsoVersion, findIso, readIso } from "./iso.ts";

const dir = mkdtempSync(join(tmpdir(), "vic-iso-"));
afterAll(() => rmSync(dir, { recursive: true }));

function isoWith(publisher: string): string {
  const content = Buffer.alloc(0x9000);
  content.write("\u0001CD001", 0x8000, "latin1");
  content.write(publisher.padEnd(128), 0x8000 + 318, "latin1");
  const path = join(dir, "appliance.iso");
  writeFileSync(path, content);
  return path;
}

test("an ISO is found as named or in the current folder, and its version read", () => {
  const path = isoWith("VIC Engine v9.8.7-6-abcdef0");
  expect(findIso("appliance-iso", undefined, dir)).toBe(path);
  expect(findIso("appliance-iso", "appliance.iso", dir)).toBe(path);
  expect(readIso(path)).toEqual({ path, sizeBytes: 0x9000, version: "v9.8.7-6-abcdef0" });
  expect(() => findIso("appliance-iso", "/no/such.iso", dir)).toThrow("/no/such.iso");
  expect(() => findIso("bootstrap-iso", undefined, dir)).toThrow(join(dir, "bootstrap.iso"));
});

test("what is not an ISO, or of another build, is refused", () => {
  writeFileSync(join(dir, "text"), "hello");
  expect(() => readIso(join(dir, "text"))).toThrow("is not an ISO image");
  const warned: string[] = [];
  const warn = (line: string) => warned.push(line);
  const other = readIso(isoWith("x v9.8.7-6-abcdef0"));
  expect(() => checkIsoVersion(other, false, warn)).toThrow("v9.8.7-6-abcdef0");
  checkIsoVersion(other, true, warn);
  expect(warned).toHaveLength(1);
  const sameBuild = versionString.replace(/[^-]+$/, "1234567");
  checkIsoVersion(readIso(isoWith(sameBuild)), false, warn);
  expect(warned).toHaveLength(1);
});

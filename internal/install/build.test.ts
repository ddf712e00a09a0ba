import { expect, test } from "bun:test";
import { build, versionString } from "../version/version.ts";
import { buildNumber, compareBuild, expectSameBuild, upgradeStatus } from "./build.ts";

test("versions are compared by build number alone", () => {
  expect(buildNumber("v2.0.0-17-1a2b3c4")).toBe(17);
  expect(buildNumber("latest")).toBeUndefined();
  expect(compareBuild("v1.0.0-17-aaaaaaa", "17")).toBe("same");
  expect(compareBuild("v9.0.0-9-aaaaaaa", "17")).toBe("older");
  expect(compareBuild("v1.0.0-100-aaaaaaa", "17")).toBe("newer");
  expect(compareBuild("", "17")).toBe("unknown");
});

test("a VCH of another build is told and only touched with force", () => {
  expect(upgradeStatus(versionString)).toBe("Up to date");
  const newer = `v9.9.9-${Number(build) + 1}-abcdef0`;
  expect(upgradeStatus(newer)).toBe("VCH has newer version");
  expectSameBuild(versionString, false);
  expectSameBuild(newer, true);
  expect(() => expectSameBuild(newer, false)).toThrow("is different than installer version");
});

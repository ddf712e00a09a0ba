import { expect, test } from "bun:test";
import fc from "fast-check";
import { VicError } from "../errors/errors.ts";
import { parseImageConfig } from "./config.ts";
import { checkPlatform, choosePlatform, parseManifest, vmPlatform } from "./manifest.ts";

const digest = (c: string) => `sha256:${c.repeat(64)}`;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value));

test("an index gives the manifest for container VMs", () => {
  const platform = (architecture: string) => ({ os: "linux", architecture });
  const index = parseManifest(
    encode({
      schemaVersion: 2,
      manifests: [
        { digest: digest("a"), size: 1, platform: platform("arm64") },
        { digest: digest("b"), size: 2, platform: platform("amd64") },
        { digest: digest("c"), size: 3, platform: { os: "unknown", architecture: "unknown" } },
      ],
    }),
    "application/vnd.oci.image.index.v1+json",
  );
  if (index.kind !== "index") throw new Error("no index");
  expect(choosePlatform(index, vmPlatform, "x").digest).toBe(digest("b"));
  expect(() => choosePlatform(index, { os: "linux", architecture: "s390x" }, "x")).toThrow(
    "no matching manifest for linux/s390x in the manifest list entries of x",
  );
  expect(() => checkPlatform(platform("arm64"), "x")).toThrow("image x is for linux/arm64");
});

test("what is no manifest is refused", () => {
  const layer = { digest: digest("a"), size: 1 };
  const bad = [
    { schemaVersion: 1 },
    { schemaVersion: 2 },
    { schemaVersion: 2, layers: [layer] },
    { schemaVersion: 2, config: layer, layers: [{ digest: "sha256:x", size: 1 }] },
    { schemaVersion: 2, config: layer, layers: [{ ...layer, size: -1 }] },
    { schemaVersion: 2, config: layer, layers: Array.from({ length: 128 }, () => layer) },
    { schemaVersion: 2, config: layer, layers: [], manifests: [] },
    [],
  ];
  for (const value of bad) expect(() => parseManifest(encode(value))).toThrow(VicError);
});

test("any JSON is a manifest, a config, or an error of ours", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      for (const parse of [parseManifest, parseImageConfig]) {
        try {
          parse(Buffer.from(text));
        } catch (error) {
          expect(error).toBeInstanceOf(VicError);
        }
      }
    }),
  );
});

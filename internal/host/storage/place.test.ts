import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { Places } from "./place.ts";

const root = mkdtempSync(join(tmpdir(), "place-"));
afterAll(() => rmSync(root, { recursive: true }));
const places = new Places("d1", "ds", root);

describe("Places", () => {
  test("understands the bracket form", () => {
    expect(places.parse("[ds] a//b.vmdk")).toEqual({
      datastore: "d1",
      key: "d1/a/b.vmdk",
      relative: "a/b.vmdk",
      absolute: join(root, "a/b.vmdk"),
      text: "[ds] a/b.vmdk",
    });
    expect(places.parse("[ds]").text).toBe("[ds]");
    expect(places.parent(places.at("a/b"))?.relative).toBe("a");
    expect(places.fromAbsolute(join(root, "a"))?.relative).toBe("a");
    expect(places.fromAbsolute("/etc/passwd")).toBeUndefined();
  });

  test("refuses what leaves the datastore", () => {
    const hostile = ["../x", "a/../../x", "a/.", "a\\b", "a\0b", "..", ".vic-host/x", "\ud800"];
    for (const path of [...hostile, "x".repeat(256)]) expect(() => places.at(path)).toThrow();
    for (const path of ["a", "[other] a", "[ds", ""]) expect(() => places.parse(path)).toThrow();
    symlinkSync("/etc", join(root, "link"));
    expect(() => places.at("link/passwd")).toThrow();
    expect(() => places.at("link")).toThrow();
  });

  test("property: every place is below the root", () => {
    const name = oneof(constantFrom("..", ".", "", "a", "%2e%2e", "\\", "\0"), string());
    assert(
      property(array(name), (names) => {
        try {
          const { absolute } = places.at(names.join("/"));
          expect(absolute === root || absolute.startsWith(`${root}/`)).toBe(true);
          expect(join(absolute)).toBe(absolute);
        } catch (error) {
          expect(String(error)).toContain("not a usable path");
        }
      }),
    );
  });
});

import { expect, test } from "bun:test";
import { Filters } from "./filters.ts";

const known = ["name", "label", "dangling"];

test("both notations", () => {
  expect(Filters.parse('{"name":{"a":true,"b":false}}', known).get("name")).toEqual(["a"]);
  expect(Filters.parse('{"name":["a","b"]}', known).get("name")).toEqual(["a", "b"]);
  expect(Filters.parse("", known).has("name")).toBe(false);
});

test("what is wrong is refused", () => {
  for (const text of ["{", "[]", '{"name":1}', "null"]) {
    expect(() => Filters.parse(text, known)).toThrow("invalid filter");
  }
  expect(() => Filters.parse('{"foo":["a"]}', known)).toThrow("invalid filter 'foo'");
});

test("matching", () => {
  const filters = Filters.parse('{"name":["^a","("],"label":["x","y=1"],"dangling":["1"]}', known);
  expect(filters.matches("name", "abc")).toBe(true);
  expect(filters.matches("name", "bac")).toBe(false);
  expect(filters.matchesName("b(")).toBe(true);
  expect(filters.labels({ x: "", y: "1" })).toBe(true);
  expect(filters.labels({ x: "", y: "2" })).toBe(false);
  expect(filters.labels({ y: "1" })).toBe(false);
  expect(filters.bool("dangling")).toBe(true);
  expect(filters.is("name", "^a")).toBe(true);
});

test("what is neither true nor false is refused with what was given", () => {
  const filters = Filters.parse('{"dangling":["maybe","1"]}', known);
  expect(() => filters.bool("dangling")).toThrow("invalid filter 'dangling=[maybe 1]'");
});

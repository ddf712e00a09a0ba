import { expect, test } from "bun:test";
import { checkRequest } from "./limits.ts";

const refuses = (text: string, isLoggedIn = true) => {
  try {
    checkRequest(text, isLoggedIn);
    return undefined;
  } catch (error) {
    return String(error);
  }
};

test("what is honest passes", () => {
  expect(refuses('<?xml version="1.0"?><!-- <a> --><a b="/>"><c/><d>x</d></a>')).toBeUndefined();
  expect(refuses("<a/>".repeat(40_000))).toBeUndefined();
  expect(refuses(`${"<a>".repeat(90)}${"</a>".repeat(90)}`)).toBeUndefined();
  expect(refuses("")).toBeUndefined();
  expect(refuses("<")).toBeUndefined();
});

test("too many elements and too deep ones are refused, earlier for strangers", () => {
  expect(refuses("<a/>".repeat(60_000))).toContain("at most 50000 elements");
  expect(refuses("<a/>".repeat(300), false)).toContain("at most 200 elements");
  expect(refuses("<a>".repeat(101))).toContain("nested at most 100");
  expect(refuses("<a>".repeat(1_000_000))).toContain("nested at most 100");
});

test("a request of the largest size is counted in no time worth mentioning", () => {
  const started = performance.now();
  expect(refuses("<a".repeat(2_000_000))).toBeDefined();
  expect(refuses("<a</".repeat(1_000_000))).toContain("at most 50000 elements");
  expect(refuses(`<a ${"x".repeat(4_000_000)}`)).toBeUndefined();
  expect(refuses("</a>".repeat(1_000_000))).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(2000);
});

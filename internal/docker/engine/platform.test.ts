import { expect, test } from "bun:test";
import { checkPlatform } from "./platform.ts";

const amd64 = { os: "linux", architecture: "amd64", variant: "" };
const arm = { os: "linux", architecture: "arm64", variant: "v8" };

test("an image for another machine is warned about, unless that was asked for", () => {
  expect(checkPlatform("x", amd64, undefined)).toEqual([]);
  expect(checkPlatform("x", { os: "", architecture: "", variant: "" }, undefined)).toEqual([]);
  expect(checkPlatform("x", arm, undefined)).toEqual([
    "The requested image's platform (linux/arm64/v8) does not match the detected host platform " +
      "(linux/amd64) and no specific platform was requested",
  ]);
  expect(checkPlatform("x", arm, { os: "linux", architecture: "arm64" })).toEqual([]);
});

test("another platform than the image's is refused", () => {
  const wanted = { os: "linux", architecture: "arm64", variant: "v7" };
  for (const image of [amd64, arm])
    expect(() => checkPlatform("x", image, wanted)).toThrow(
      "does not match the specified platform (linux/arm64/v7)",
    );
  expect(() => checkPlatform("x", arm, { os: "linux", architecture: "amd64" })).toThrow(
    "image with reference x was found but its platform (linux/arm64/v8)",
  );
});

import { expect, test } from "bun:test";
import { overlayOptions } from "./overlay.ts";

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

import { expect, test } from "bun:test";
import { isContainerName, vmNameOf } from "./vm-name.ts";

test("a VM is named after its container, at most 80 characters", () => {
  const id = `0123456789ab${"f".repeat(52)}`;
  expect(vmNameOf("web", id)).toBe("web-0123456789ab");
  const long = vmNameOf("n".repeat(200), id);
  expect(long).toHaveLength(80);
  expect(long).toEndWith("-0123456789ab");
});

test("container names", () => {
  for (const good of ["web", "a1", "A_b.c-d"]) expect(isContainerName(good)).toBe(true);
  for (const bad of ["", "a", "-a", "a/b", "a b", "../x", "n".repeat(256)])
    expect(isContainerName(bad)).toBe(false);
});

import { expect, test } from "bun:test";
import { formatTable } from "./table.ts";

test("columns are as wide as their widest cell, also of wide characters", () => {
  expect(
    formatTable([
      ["ID", "NAME", "X"],
      ["vm-1", "日本", "y"],
    ]),
  ).toBe("ID    NAME  X\nvm-1  日本  y\n");
  expect(formatTable([])).toBe("");
});

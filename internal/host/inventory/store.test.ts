import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "./store.ts";

test("documents, numbers and events are there after a restart", () => {
  const dir = mkdtempSync(join(tmpdir(), "store-"));
  try {
    {
      using store = new Store(join(dir, "a.db"));
      store.put("vm", "1", { name: "a" });
      store.put("vm", "2", { name: "b" });
      store.delete("vm", "2");
      expect(store.nextNumber("vm")).toBe(1);
      expect(store.appendEvent({ text: "x" })).toBe(1);
      expect(() =>
        store.transaction(() => {
          store.put("vm", "3", {});
          throw new Error("no");
        }),
      ).toThrow("no");
    }
    using store = new Store(join(dir, "a.db"));
    expect(store.all<unknown>("vm")).toEqual([{ id: "1", value: { name: "a" } }]);
    expect(store.nextNumber("vm")).toBe(2);
    expect(store.appendEvent({ text: "y" })).toBe(2);
    expect(store.events()).toHaveLength(2);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

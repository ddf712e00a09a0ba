import { expect, test } from "bun:test";
import { Undo } from "./undo.ts";

function recorder() {
  const lines: string[] = [];
  return { lines, info: (l: string) => lines.push(l), warn: (l: string) => lines.push(l) };
}

test("undoes in reverse order and goes on after a failure", async () => {
  const log = recorder();
  const undo = new Undo();
  const done: string[] = [];
  undo.push("pool", () => void done.push("pool"));
  undo.push("folder", async () => {
    throw new Error("not empty");
  });
  undo.push("VM", async () => void done.push("VM"));
  expect(await undo.run(log)).toEqual(["folder"]);
  expect(done).toEqual(["VM", "pool"]);
  expect(log.lines).toEqual(["Removed VM", "Could not remove folder: not empty", "Removed pool"]);
  expect(await undo.run(log)).toEqual([]);
  expect(done).toHaveLength(2);
});

test("undoes nothing once dismissed", async () => {
  const undo = new Undo();
  undo.push("VM", () => expect.unreachable());
  undo.dismiss();
  expect(undo.size).toBe(0);
  await undo.run(recorder());
});

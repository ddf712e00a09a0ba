import { expect, test } from "bun:test";
import fc from "fast-check";
import { DetachWatcher, parseDetachKeys } from "./detach-keys.ts";

test("specifications", () => {
  expect([...parseDetachKeys("")]).toEqual([16, 17]);
  expect([...parseDetachKeys("ctrl-a,d")]).toEqual([1, 100]);
  expect([...parseDetachKeys("ctrl-@,ctrl-_,DEL")]).toEqual([0, 31, 127]);
  for (const bad of ["ctrl-", "ctrl-ab", "foo", "a,,b", "ä"]) {
    expect(() => parseDetachKeys(bad)).toThrow(`Invalid detach keys (${bad}) provided`);
  }
});

test("half a sequence is passed on once it is none", () => {
  const watcher = new DetachWatcher(parseDetachKeys("ctrl-p,ctrl-q"));
  expect([...watcher.push(Uint8Array.of(65, 16)).bytes]).toEqual([65]);
  expect([...watcher.push(Uint8Array.of(66)).bytes]).toEqual([16, 66]);
  expect([...watcher.push(Uint8Array.of(16, 16)).bytes]).toEqual([16]);
  expect([...watcher.flush()]).toEqual([16]);
  expect(watcher.push(Uint8Array.of(16, 17, 1))).toEqual({
    bytes: new Uint8Array(0),
    isDetached: true,
  });
});

test("without the sequence every byte comes through, however it is cut", () => {
  const bytes = fc.array(fc.array(fc.constantFrom(16, 1, 2)));
  fc.assert(
    fc.property(bytes, (chunks) => {
      const watcher = new DetachWatcher(Uint8Array.of(16, 17));
      const out = chunks.flatMap((chunk) => [...watcher.push(Uint8Array.from(chunk)).bytes]);
      expect([...out, ...watcher.flush()]).toEqual(chunks.flat());
    }),
  );
});

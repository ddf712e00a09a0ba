import { expect, test } from "bun:test";
import { commandOf, splitWords } from "./command.ts";

test("a shell gets the program quoted and the arguments as they are", () => {
  expect(commandOf("/bin/it's", "-l 1> /tmp/x", "/bin/sh")).toEqual([
    "/bin/sh",
    "-c",
    "exec '/bin/it'\\''s' -l 1> /tmp/x",
  ]);
  expect(commandOf("/bin/a", "; b", "/bin/sh")[2]).toBe("'/bin/a' ; b");
});

test("without a shell words and quotes are read, and redirections refused", () => {
  expect(splitWords(`a "b c" d\\ e 'f"g' h"i"j`)).toEqual(["a", "b c", "d e", 'f"g', "hij"]);
  expect(splitWords("  ")).toEqual([]);
  for (const text of ["a > b", "a | b", "'open", "a; b"]) {
    expect(() => splitWords(text)).toThrow("no shell");
  }
});

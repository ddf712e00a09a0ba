import { expect, test } from "bun:test";
import { printable } from "./datastore-file.ts";

test("a console's text cannot drive the terminal it is shown on", () => {
  expect(printable("a\u001b[31mred\u001b[0m\r\nb\u0007\u001b]0;title\u0007\tc")).toBe(
    "ared\nb]0;title\tc",
  );
});

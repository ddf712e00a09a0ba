import { expect, test } from "bun:test";
import { startFailure } from "./failure.ts";

const log = (msg: string): string =>
  `${JSON.stringify({ msg: "older" })}\n${JSON.stringify({ msg })}\n`;

test.each([
  [
    "foo",
    "executable file `foo` not found in $PATH: No such file or directory",
    'exec: "foo": executable file not found in $PATH',
    127,
  ],
  [
    "/foo",
    "executable file `/foo` not found: No such file or directory",
    'exec: "/foo": stat /foo: no such file or directory',
    127,
  ],
  [
    "/etc",
    "the path `/etc` is not a regular file: Operation not permitted",
    'exec: "/etc": is a directory',
    126,
  ],
  ["/x", "open `/x`: Permission denied", 'exec: "/x": permission denied', 126],
  ["/x", "exec container process `/x`: Exec format error", 'exec: "/x": exec format error', 126],
])("%s: %s", (command, message, text, exitCode) => {
  const error = startFailure(command, log(message), "");
  expect(error.message).toBe(text);
  expect(error.detail).toEqual({ exitCode });
});

test("anything else is told as it is", () => {
  expect(startFailure("x", "", "boom\n").message).toBe("boom");
  expect(startFailure("x", "{torn", "").message).toContain("without a message");
});

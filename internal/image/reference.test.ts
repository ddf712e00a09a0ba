import { expect, test } from "bun:test";
import fc from "fast-check";
import { VicError } from "../errors/errors.ts";
import { canonical, familiar, parseReference, withDefaultTag, withTag } from "./reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

test("short names are completed and shortened again", () => {
  const cases = [
    ["busybox", "docker.io/library/busybox:latest", "busybox:latest"],
    ["busybox:1.36", "docker.io/library/busybox:1.36", "busybox:1.36"],
    ["index.docker.io/library/busybox", "docker.io/library/busybox:latest", "busybox:latest"],
    ["user/app", "docker.io/user/app:latest", "user/app:latest"],
    ["library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest"],
    ["localhost/app", "localhost/app:latest", "localhost/app:latest"],
    ["10.0.2.2:5000/a/b:t", "10.0.2.2:5000/a/b:t", "10.0.2.2:5000/a/b:t"],
    ["[::1]:5000/a", "[::1]:5000/a:latest", "[::1]:5000/a:latest"],
    [`a@${digest}`, `docker.io/library/a@${digest}`, `a@${digest}`],
    [`h.io/a:t@${digest}`, `h.io/a:t@${digest}`, `h.io/a:t@${digest}`],
  ] as const;
  for (const [text, full, short] of cases) {
    const reference = withDefaultTag(parseReference(text));
    expect(canonical(reference)).toBe(full);
    expect(familiar(reference)).toBe(short);
  }
});

test("bad names are refused", () => {
  const bad = ["", "UPPER", "a:", "a:-t", "a@sha256:1", "-a", "a//b", "a/", `a:${"t".repeat(129)}`];
  for (const text of [...bad, "a".repeat(64), "x/".repeat(200) + "y", "a b", "a@b@c", "h.io:x/a"]) {
    expect(() => parseReference(text)).toThrow(VicError);
  }
});

test("any text is a reference or an error of ours, and what was parsed parses to itself", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom("a", "b", "A", "0", ".", "/", ":", "@", "_", "-", "[", "]", " "),
      }),
      (text) => {
        try {
          const full = canonical(parseReference(text));
          expect(canonical(parseReference(full))).toBe(full);
        } catch (error) {
          expect(error).toBeInstanceOf(VicError);
        }
      },
    ),
  );
});

test("a tag that was given beside a reference", () => {
  expect(canonical(withTag(parseReference("busybox:old"), "1"))).toBe(
    "docker.io/library/busybox:1",
  );
  for (const tag of ["-1", "a:b", ""]) {
    expect(() => withTag(parseReference("busybox"), tag)).toThrow("invalid tag format");
  }
});

import { describe, expect, test } from "bun:test";
import { Fields, readBody } from "./decode.ts";

const post = (body: string, type?: string) =>
  readBody(
    new Request("http://docker/", {
      method: "POST",
      body: Buffer.from(body),
      headers: type === undefined ? {} : { "Content-Type": type },
    }),
  );

describe("a body of JSON", () => {
  test("has keys in any case, as Go's decoder takes them", () => {
    const fields = new Fields({ image: "a", CMD: ["x"], Tty: true, tty: false });
    expect(fields.string("Image")).toBe("a");
    expect(fields.words("Cmd")).toEqual(["x"]);
    expect(fields.bool("Tty")).toBe(true);
    expect(fields.has("Env")).toBe(false);
  });

  test("says that it is JSON", async () => {
    expect((await post('{"A":"b"}', "application/json; charset=utf-8")).string("A")).toBe("b");
    for (const type of ["text/plain", undefined]) {
      expect(post("{}", type)).rejects.toThrow("must be 'application/json'");
    }
  });

  test("may be missing, whatever its type", async () => {
    expect((await post("", "text/plain")).json).toEqual({});
  });
});

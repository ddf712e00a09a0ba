import { describe, expect, test } from "bun:test";
import { flags } from "./flags.ts";
import { parseFlags } from "./parse.ts";

const parse = (
  args: string[],
  env: Record<string, string> = {},
  verb: keyof typeof flags = "create",
) => parseFlags("vic-machine", verb, flags[verb], args, env);

describe("flags", () => {
  test("are known by name and alias, with one dash or two, with or without =", () => {
    const wanted = { target: "h", name: "v", force: true };
    expect(parse(["--target", "h", "--name=v", "--force"])).toEqual(wanted);
    expect(parse(["-t", "h", "-n", "v", "-f"])).toEqual(wanted);
    expect(parse(["-target=h", "-name", "v", "-f=true"])).toEqual(wanted);
    expect(parse(["--kv", "--mem", "512"])).toEqual({ "no-tlsverify": true, memory: "512" });
    expect(parse(["-kv"])).toEqual({ "no-tlsverify": true });
    expect(parse(["--force=false"])).toEqual({ force: false });
  });

  test("repeat where they may, under any spelling; else the last counts", () => {
    expect(parse(["--ca", "a", "--tls-ca=b"])).toEqual({ "tls-ca": ["b", "a"] });
    expect(parse(["--name", "a", "--name", "b"])).toEqual({ name: "b" });
  });

  test("come from the environment where they are absent", () => {
    const env = { VIC_MACHINE_TARGET: "e", VIC_MACHINE_PASSWORD: "" };
    expect(parse([], env)).toEqual({ target: "e", password: "" });
    expect(parse(["-t", "h"], env)).toEqual({ target: "h", password: "" });
  });

  test("take values with = and dashes in them", () => {
    expect(parse(["--password=-x=y"])).toEqual({ password: "-x=y" });
    expect(parse(["--tls-cname="])).toEqual({ "tls-cname": "" });
  });

  test("that are unknown, without their value or stray are errors", () => {
    expect(() => parse(["--volume-stor", "x"])).toThrow("Unknown option '--volume-stor'");
    expect(() => parse(["--volume-store", "x"])).toThrow("Unknown option");
    expect(() => parse(["--target"])).toThrow("--target");
    expect(() => parse(["--force=maybe"])).toThrow("true or false");
    expect(() => parse(["stray"])).toThrow("Unknown argument: stray");
    expect(() => parse(["--id", "vm-1"])).toThrow("Unknown option '--id'");
    expect(parse(["--id", "vm-1"], {}, "delete")).toEqual({ id: "vm-1" });
  });

  test("have unambiguous spellings in every verb", () => {
    for (const list of Object.values(flags)) {
      const spellings = list.flatMap((f) => [f.name, ...("aliases" in f ? f.aliases : [])]);
      expect(new Set(spellings).size).toBe(spellings.length);
    }
  });
});

import { describe, expect, test } from "bun:test";
import { createServer } from "node:tls";
import { selfSigned, thumbprint } from "../pki/pki.ts";
import type { RawOptions } from "./options.ts";
import { Problems } from "./problems.ts";
import { applianceTargetUrl, connect, isLoopback, parseTarget } from "./target.ts";

function parse(raw: RawOptions) {
  const problems = new Problems();
  const target = parseTarget(raw, problems);
  return { target, problems: problems.list.map((p) => p.message) };
}

describe("--target", () => {
  test("is a host, a URL, with user and datacenter", () => {
    expect(parse({ target: "esx1", user: "root" }).target).toMatchObject({
      url: new URL("https://esx1/sdk"),
      username: "root",
      password: undefined,
      datacenter: "",
    });
    expect(parse({ target: "a%40b:p%3Aw@vc:8443/dc%201/" }).target).toMatchObject({
      url: new URL("https://vc:8443/sdk"),
      username: "a@b",
      password: "p:w",
      datacenter: "dc 1",
    });
    expect(parse({ target: "https://vc/sdk", user: "u", password: "" }).target).toMatchObject({
      url: new URL("https://vc/sdk"),
      datacenter: "",
      password: "",
    });
  });

  test("is refused in one sentence each", () => {
    expect(parse({}).problems).toEqual(["--target argument must be specified"]);
    expect(parse({ target: "vc" }).problems).toEqual([
      "vSphere user must be specified, either with --user or as part of --target",
    ]);
    expect(parse({ target: "http://u:secret@vc" }).problems[0]).not.toContain("secret");
    expect(parse({ target: "u@vc", thumbprint: "AB:CD" }).problems).toHaveLength(1);
  });

  test("is for the appliance what the appliance can reach", () => {
    const loopback = new URL("https://127.0.0.1:8989/sdk");
    expect(applianceTargetUrl(loopback, "10.0.2.2")).toBe("https://10.0.2.2:8989/sdk");
    expect(applianceTargetUrl(loopback, "fd00::1")).toBe("https://[fd00::1]:8989/sdk");
    expect(applianceTargetUrl(new URL("https://vc/sdk"), "10.0.2.2")).toBe("https://vc/sdk");
    expect(() => applianceTargetUrl(loopback, undefined)).toThrow("loopback");
    for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "[::1]", "x.localhost"])
      expect(isLoopback(host)).toBe(true);
    for (const host of ["10.0.0.1", "vc", "127.example.com", "localhost.example.com"])
      expect(isLoopback(host)).toBe(false);
  });
});

describe("connecting", () => {
  const failure = async (target: string, more: RawOptions = {}) => {
    const parsed = parse({ target, user: "root", password: "x", ...more }).target!;
    return connect(parsed, AbortSignal.timeout(20_000)).then(
      () => undefined,
      (error: { code: string; text: string }) => error,
    );
  };

  test("tells an unknown certificate with its thumbprint, and a wrong thumbprint", async () => {
    const pair = await selfSigned({ organization: ["x"], sans: ["127.0.0.1"], usage: "server" });
    const server = createServer({ cert: pair.certPem, key: pair.keyPem }, (s) => {
      s.on("error", () => undefined);
      s.end();
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${(server.address() as { port: number }).port}`;
    const real = thumbprint(pair.certPem, "sha256");
    expect(await failure(host)).toMatchObject({
      code: "forbidden",
      message: `Failed to verify certificate for target=${host} (thumbprint=${real})`,
      hint: expect.stringContaining(`--thumbprint ${real}`),
    });
    const wrong = await failure(host, { thumbprint: "AB".repeat(32) });
    expect(wrong?.text).toContain("thumbprint does not match");
    expect(wrong?.text).toContain(real);
    server.close();
  });

  test("tells a target that nobody listens on", async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    await new Promise((done) => server.close(done));
    expect(await failure(`127.0.0.1:${port}`)).toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/cannot reach/),
    });
  });
});

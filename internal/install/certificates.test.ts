import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCa, issue, parseCertificate } from "../pki/pki.ts";
import { prepareCertificates } from "./certificates.ts";
import { parseCreate } from "./settings.ts";
import type { RawOptions } from "./options.ts";
import { Undo } from "./undo.ts";
import { writeCertificates } from "./write-files.ts";

let cwd: string;
let lines: string[];
const log = { info: (l: string) => lines.push(l), warn: (l: string) => lines.push(`W ${l}`) };

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "vic-certs-"));
  lines = [];
});
afterEach(() => rmSync(cwd, { recursive: true }));

function prepare(raw: RawOptions) {
  const settings = parseCreate({ target: "u@esx", name: "vch", ...raw }, cwd);
  return prepareCertificates(settings.tls, settings.force, log);
}
const failure = (raw: RawOptions) =>
  prepare(raw).then(
    () => "",
    (error: { text: string }) => error.text,
  );
const mode = (name: string) => (statSync(join(cwd, "vch", name)).mode & 0o777).toString(8);
const cname = { "tls-cname": "127.0.2.15" };

describe("certificates of a VCH", () => {
  test("are generated for mutual TLS, with safe modes, and go with the undo", async () => {
    const made = await prepare(cname);
    expect(readdirSync(cwd)).toEqual([]);
    const undo = new Undo();
    await writeCertificates(made, undo, log);
    const names = readdirSync(join(cwd, "vch")).sort();
    expect(names.filter((n) => n !== "cert.pfx")).toEqual([
      "ca-key.pem",
      "ca.pem",
      "cert.pem",
      "key.pem",
      "server-cert.pem",
      "server-key.pem",
    ]);
    for (const name of names) expect(mode(name)).toBe(/key|pfx/.test(name) ? "600" : "644");
    expect((statSync(join(cwd, "vch")).mode & 0o777).toString(8)).toBe("700");
    const server = parseCertificate(made.server!.certPem);
    expect(server.checkIP("127.0.2.15")).toBe("127.0.2.15");
    expect(server.subject).toContain("CN=127.0.2.15");
    expect(made.clientCaPem).toBe(made.serverCaPem!);
    const ca = parseCertificate(made.clientCaPem);
    for (const pair of [made.server!, made.client!])
      expect(parseCertificate(pair.certPem).verify(ca.publicKey)).toBe(true);
    await undo.run(log);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("are used again, and nothing is written then", async () => {
    const made = await prepare(cname);
    await writeCertificates(made, new Undo(), log);
    lines = [];
    const again = await prepare(cname);
    expect(again.files).toEqual([]);
    expect(again.server).toEqual(made.server);
    expect(again.client).toEqual(made.client);
    expect(lines).toEqual([
      `Loaded server certificate ${join(cwd, "vch/server-cert.pem")}`,
      "Loaded CA with default name from certificate path",
      "Loaded client certificate with default name from certificate path",
    ]);
    expect(await failure({ "tls-cname": "other" })).toContain("cname option doesn't match");
  });

  test("missing parts are signed by the CA that is there", async () => {
    const made = await prepare(cname);
    await writeCertificates(made, new Undo(), log);
    rmSync(join(cwd, "vch/cert.pem"));
    rmSync(join(cwd, "vch/key.pem"));
    const again = await prepare(cname);
    expect(again.files.map((f) => f.path)).toEqual([
      join(cwd, "vch/cert.pem"),
      join(cwd, "vch/key.pem"),
    ]);
    const ca = parseCertificate(made.clientCaPem);
    expect(parseCertificate(again.client!.certPem).verify(ca.publicKey)).toBe(true);
    rmSync(join(cwd, "vch/ca-key.pem"));
    expect(await failure(cname)).toContain("is there without ca-key.pem");
  });

  test("need a name for the server, and room", async () => {
    const told = await failure({});
    for (const part of [
      "Common Name must be provided",
      "--tls-cname",
      "--no-tlsverify",
      "--no-tls",
    ])
      expect(told).toContain(part);
    mkdirSync(join(cwd, "vch"));
    writeFileSync(join(cwd, "vch/strange"), "x");
    expect(await failure(cname)).toContain("is not empty");
    expect(await failure({ ...cname, force: true })).toBe("");
  });

  test("of broken files are refused; --force replaces them, and the undo brings them back", async () => {
    mkdirSync(join(cwd, "vch"));
    writeFileSync(join(cwd, "vch/server-cert.pem"), "broken", { mode: 0o640 });
    writeFileSync(join(cwd, "vch/server-key.pem"), "broken");
    expect(await failure(cname)).toContain("server-cert.pem");
    const made = await prepare({ ...cname, force: true });
    const undo = new Undo();
    await writeCertificates(made, undo, log);
    expect(readFileSync(join(cwd, "vch/server-cert.pem"), "utf8")).toContain("BEGIN CERTIFICATE");
    await undo.run(log);
    expect(readFileSync(join(cwd, "vch/server-cert.pem"), "utf8")).toBe("broken");
    expect(mode("server-cert.pem")).toBe("640");
    expect(readdirSync(join(cwd, "vch")).sort()).toEqual(["server-cert.pem", "server-key.pem"]);
  });

  test("given as files are used as they are; swapped ones are told", async () => {
    const ca = await generateCa({ organization: ["corp"] });
    const pair = await issue(ca, { organization: ["corp"], sans: ["a.test"], usage: "server" });
    writeFileSync(join(cwd, "ca"), ca.certPem);
    writeFileSync(join(cwd, "c"), pair.certPem);
    writeFileSync(join(cwd, "k"), pair.keyPem);
    const given = { "tls-server-cert": "c", "tls-server-key": "k", "tls-ca": ["ca"] };
    const made = await prepare(given);
    expect(made).toMatchObject({ server: pair, client: undefined, files: [] });
    expect(made.clientCaPem.trim()).toBe(ca.certPem.trim());
    const swapped = { ...given, "tls-server-cert": "k", "tls-server-key": "c" };
    expect(await failure(swapped)).toContain("may have been switched");
    expect(await failure({ ...given, "tls-ca": ["k"] })).toContain(
      "Unable to load certificate authority data",
    );
    expect(existsSync(join(cwd, "vch"))).toBe(false);
  });

  test("without verification are one self-signed pair; without TLS none", async () => {
    const made = await prepare({ ...cname, "no-tlsverify": true });
    expect(made.files.map((f) => f.path)).toEqual([
      join(cwd, "vch/server-cert.pem"),
      join(cwd, "vch/server-key.pem"),
    ]);
    expect(made.clientCaPem).toBe("");
    expect(await prepare({ "no-tls": true })).toMatchObject({ server: undefined, files: [] });
  });
});

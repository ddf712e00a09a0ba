import { describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bin, run, type Finished, type Stand } from "../stand/stand.ts";

/** `vic-machine create` with something wrong. */
export function refusalCases(stand: () => Stand): void {
  const isos = ["--appliance-iso", bin("appliance.iso"), "--bootstrap-iso", bin("bootstrap.iso")];

  /** Runs create in an empty folder and checks that it refuses in one paragraph and leaves nothing. */
  async function refused(args: string[], env: Record<string, string> = {}): Promise<Finished> {
    const cwd = mkdtempSync(join(stand().options.dir, "refused-"));
    const before = (await stand().machine(["ls"])).stdout;
    const base = ["create", "--name", "other", "--tls-cname", "127.0.0.9", ...isos];
    const done = await run([bin("vic-machine-linux"), ...base, ...args], {
      cwd,
      env: { ...stand().machineEnv, ...env },
    });
    expect(done.code).toBe(1);
    expect((await stand().machine(["ls"])).stdout).toBe(before);
    expect(readdirSync(cwd).filter((f) => f !== "vic-machine.log")).toEqual([]);
    return done;
  }
  const text = (done: Finished) => done.stdout + done.stderr;

  describe("vic-machine", () => {
    test("ls and inspect show the VCH", async () => {
      const row = new RegExp(`^\\S+ +\\S+ +${stand().name} +v\\S+ +Up to date$`, "m");
      expect((await stand().machine(["ls"])).stdout).toMatch(row);
      const inspected = await stand().machine(["inspect", "--name", stand().name]);
      expect(inspected.code).toBe(0);
      expect(inspected.stdout).toContain(`DOCKER_HOST=${stand().address}:2376`);
      const raw = ["inspect", "config", "--name", stand().name, "--format", "raw"];
      expect((await stand().machine(raw)).stdout).toContain(`--name=${stand().name} `);
    });
  });

  describe("vic-machine create refuses", () => {
    test("a wrong password", async () => {
      expect(text(await refused([], { VIC_MACHINE_PASSWORD: "wrong" }))).toMatch(
        /user name or password/i,
      );
    });
    test("a wrong thumbprint", async () => {
      const wrong = Array.from({ length: 32 }, () => "AB").join(":");
      expect(text(await refused(["--thumbprint", wrong]))).toContain("thumbprint does not match");
    });
    test("a target that does not answer", async () => {
      expect(text(await refused(["--target", "https://127.0.0.1:9"]))).toMatch(/refused|reach/i);
    });
    test("a name that is taken", async () => {
      expect(text(await refused(["--name", stand().name]))).toContain("already exists");
    });
    test("a missing ISO", async () => {
      expect(text(await refused(["--appliance-iso", "/no/such.iso"]))).toContain("/no/such.iso");
    });
  });

  describe("the Docker endpoint refuses", () => {
    test("a client without a certificate", async () => {
      const host = `tcp://${stand().address}:2376`;
      const ca = `--tlscacert=${stand().certDir}/ca.pem`;
      // A home without certificates, and none in the environment.
      const env = {
        HOME: mkdtempSync(join(stand().options.dir, "refused-")),
        DOCKER_CERT_PATH: "",
      };
      const done = await run(["docker", "-H", host, "--tlsverify", ca, "ps"], { env });
      expect(done.code).toBe(1);
      expect(done.stderr).toMatch(/certificate|tls/i);
    });
  });
}

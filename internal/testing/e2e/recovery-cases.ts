import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { killService } from "../stand/appliance.ts";
import { until, type Stand } from "../stand/stand.ts";

/** How often each process is killed; `make soak` does it more often. */
const rounds = process.env["VIC_SOAK"] ? 25 : 1;

/** Lines of a counter that starts at 0: complete, in order, none twice. */
function expectWhole(log: string): number {
  const lines = log.trim().split("\n");
  expect(lines).toEqual(lines.map((_, i) => `n${i}`));
  return lines.length;
}

/** First line that arrives over `docker attach`. */
async function attachedLine(stand: Stand, name: string): Promise<string> {
  const child = Bun.spawn(["docker", "attach", "--no-stdin", "--sig-proxy=false", name], {
    env: { ...process.env, ...stand.dockerEnv },
    stdout: "pipe",
    stderr: "ignore",
  });
  try {
    for await (const chunk of child.stdout) return new TextDecoder().decode(chunk);
    return "";
  } finally {
    child.kill("SIGKILL");
  }
}

/** What dies, and what must still be true afterwards. */
export function recoveryCases(stand: () => Stand): void {
  describe("a running container survives kill -9", () => {
    const name = "counter";
    beforeAll(async () => {
      const script = "n=0; while :; do echo n$n; n=$((n+1)); sleep 0.5; done";
      await stand().dockerOk(["run", "-d", "--name", name, "busybox", "sh", "-c", script]);
    });
    afterAll(async () => {
      await stand().docker(["rm", "-f", name]);
    });

    async function expectAlive(): Promise<void> {
      await until(
        "docker ps to answer",
        120,
        async () => (await stand().docker(["ps"])).code === 0,
      );
      const status = await stand().dockerOk(["ps", "--format", "{{.Names}} {{.State}}"]);
      expect(status.trim()).toBe(`${name} running`);
      const before = expectWhole(await stand().dockerOk(["logs", name]));
      expect(await attachedLine(stand(), name)).toMatch(/^n\d+\n/);
      expect(expectWhole(await stand().dockerOk(["logs", name]))).toBeGreaterThan(before);
    }

    test("of vic-host", async () => {
      for (let round = 0; round < rounds; round++) {
        await stand().stopHost("SIGKILL");
        await stand().startHost();
        await expectAlive();
      }
      expect(await stand().dockerOk(["run", "--rm", "busybox", "echo", "new"])).toBe("new\n");
    });

    for (const service of ["port-layer", "docker"] as const) {
      test(`of the ${service} process`, async () => {
        for (let round = 0; round < rounds; round++) {
          await killService(stand(), service);
          await expectAlive();
        }
      });
    }
  });
}

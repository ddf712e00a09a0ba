import { describe, expect, test } from "bun:test";
import { until, type Stand } from "../stand/stand.ts";

/** Health checks, limits, updates and restarts. */
export function policyCases(stand: () => Stand): void {
  const docker = async (...args: string[]) => (await stand().dockerOk(args)).trim();

  describe("a container", () => {
    test("is checked, limited, and updated while it runs", async () => {
      const health = ["--health-cmd", "test -f /fine", "--health-interval", "1s"];
      const limits = ["--cpus", "0.5", "--pids-limit", "50", "--health-retries", "1"];
      const name = ["-d", "--name", "checked"];
      await docker("run", ...name, ...health, ...limits, "busybox", "sleep", "1000");
      const status = () => docker("ps", "--format", "{{.Status}}");
      await until("it to be unhealthy", 60, async () => (await status()).includes("(unhealthy)"));
      await docker("exec", "checked", "sh", "-c", "touch /fine; echo 12345 >/changed");
      await until("it to be healthy", 60, async () => (await status()).includes("(healthy)"));
      expect(await docker("inspect", "-s", "-f", "{{.SizeRw}}", "checked")).toBe("6");
      const limited = [
        "exec",
        "checked",
        "cat",
        "/sys/fs/cgroup/cpu.max",
        "/sys/fs/cgroup/pids.max",
      ];
      expect(await docker(...limited)).toBe("50000 100000\n50");
      await docker("update", "--pids-limit", "60", "--cpus", "1", "checked");
      expect(await docker(...limited)).toBe("max 100000\n60");
      const larger = await stand().docker(["update", "-m", "2g", "--memory-swap", "-1", "checked"]);
      expect(larger.stderr).toContain("stop the container, update it, and start it again");
      await docker("rm", "-f", "checked");
    });

    test("that ends again and again is restarting until it is stopped", async () => {
      const policy = ["-d", "--name", "crashes", "--restart", "always"];
      await docker("run", ...policy, "busybox", "sh", "-c", "exit 3");
      const shown = (field: string) => docker("inspect", "-f", `{{${field}}}`, "crashes");
      await until("a restart", 120, async () => Number(await shown(".RestartCount")) > 0);
      const status = () => docker("ps", "--format", "{{.Status}}");
      await until("it to wait", 60, async () => (await status()).startsWith("Restarting (3)"));
      await docker("stop", "crashes");
      expect(await shown(".State.Status")).toBe("exited");
      await docker("rm", "crashes");
    });
  });
}

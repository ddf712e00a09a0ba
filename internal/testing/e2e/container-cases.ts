import { describe, expect, test } from "bun:test";
import type { Stand } from "../stand/stand.ts";
import { onTerminal } from "./run-cases.ts";

/** Life of a container: exec, logs, stop, kill, inspect, rm. */
export function containerCases(stand: () => Stand): void {
  describe("a container", () => {
    test("is created, started, looked into, stopped and removed", async () => {
      const docker = (...args: string[]) => stand().dockerOk(args);
      const id = (await docker("create", "--name", "life", "busybox", "sleep", "1000")).trim();
      expect(id).toMatch(/^[0-9a-f]{64}$/);
      const state = "{{.State.Status}} {{.State.ExitCode}}";
      expect((await docker("inspect", "-f", state, "life")).trim()).toBe("created 0");
      await docker("start", "life");
      expect((await docker("ps", "-a", "--format", "{{.Names}} {{.Status}}")).trim()).toMatch(
        /^life Up /,
      );
      await docker("stop", "-t", "1", "life");
      expect((await docker("inspect", "-f", state, "life")).trim()).toBe("exited 137");
      expect(await docker("ps", "-a", "--format", "{{.Status}}")).toMatch(/^Exited \(137\)/);
      await docker("rm", "life");
      expect(await docker("ps", "-aq")).toBe("");
    });

    test("runs further processes in the same VM", async () => {
      await stand().dockerOk(["run", "-d", "--name", "host", "busybox", "sleep", "1000"]);
      const exec = (...args: string[]) => stand().docker(["exec", ...args]);
      expect(await exec("host", "sh", "-c", "echo in; echo err >&2; exit 5")).toEqual({
        stdout: "in\n",
        stderr: "err\n",
        code: 5,
      });
      const piped = await stand().docker(["exec", "-i", "host", "cat"], "through\n");
      expect(piped.stdout).toBe("through\n");
      expect((await exec("host", "ps")).stdout).toContain("sleep 1000");
      const steps = [
        { after: "# ", type: "stty size\r" },
        { after: "22 77", type: "exit 3\r" },
      ];
      const args = ["exec", "-it", "host", "sh"];
      const { code } = await onTerminal(stand(), args, steps, { rows: 22, cols: 77 });
      expect(code).toBe(3);
      await stand().dockerOk(["kill", "-s", "KILL", "host"]);
      await stand().dockerOk(["wait", "host"]);
      await stand().dockerOk(["rm", "host"]);
    });

    test("logs while it runs, to its end, and afterwards", async () => {
      const script = "for i in 1 2 3; do echo line $i; echo err $i >&2; sleep 1; done";
      await stand().dockerOk(["run", "-d", "--name", "talker", "busybox", "sh", "-c", script]);
      const followed = await stand().docker(["logs", "-f", "talker"]);
      expect(followed.stdout).toBe("line 1\nline 2\nline 3\n");
      expect(followed.stderr).toBe("err 1\nerr 2\nerr 3\n");
      await stand().dockerOk(["wait", "talker"]);
      const after = await stand().docker(["logs", "--tail", "2", "-t", "talker"]);
      expect(after.stdout).toMatch(/^\d{4}-\d\d-\d\dT\S+Z line 3\n$/);
      expect(after.stderr).toMatch(/^\d{4}-\d\d-\d\dT\S+Z err 3\n$/);
      await stand().dockerOk(["rm", "talker"]);
    });
  });
}

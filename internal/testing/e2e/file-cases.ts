import { describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stand } from "../stand/stand.ts";

/** Processes and files of a container, while it runs and when its VM is off. */
export function fileCases(stand: () => Stand): void {
  describe("processes and files of a container", () => {
    const docker = (...args: string[]) => stand().dockerOk(args);

    test("pause holds its processes, top and stats show them", async () => {
      const script = "n=0; while :; do echo $n; n=$((n+1)); sleep 0.1; done";
      await docker("run", "-d", "--name", "held", "busybox", "sh", "-c", script);
      await docker("pause", "held");
      const before = await docker("logs", "held");
      expect(await docker("ps", "--format", "{{.Status}}")).toContain("(Paused)");
      const table = (await docker("top", "held", "-o", "pid,stat,args")).trim().split("\n");
      expect(table[0]).toMatch(/^PID\s+STAT\s+COMMAND/);
      expect(table.slice(1).every((line) => /sh -c|sleep/.test(line))).toBe(true);
      expect(await docker("logs", "held")).toBe(before);
      const stats = await docker("stats", "--no-stream", "--format", "{{json .}}", "held");
      const { Name, MemUsage, PIDs } = JSON.parse(stats);
      expect(Name).toBe("held");
      expect(MemUsage).toMatch(/^[\d.]+[KM]iB \/ [\d.]+[MG]iB$/);
      expect(Number(PIDs)).toBe(table.length - 1);
      // A paused container hears its stop signal, as in Docker.
      await docker("stop", "-t", "1", "held");
      await docker("rm", "held");
    });

    test("cp, diff, export and commit, running and stopped", async () => {
      const folder = mkdtempSync(join(tmpdir(), "vic-files-"));
      try {
        const script = "echo made > /made; rm /etc/passwd; exec sleep 1000";
        await docker("run", "-d", "--name", "box", "busybox", "sh", "-c", script);
        mkdirSync(join(folder, "tree"));
        writeFileSync(join(folder, "tree/run"), "#!/bin/sh\necho ran\n", { mode: 0o755 });
        await docker("cp", join(folder, "tree"), "box:/opt");
        expect(await docker("exec", "box", "/opt/run")).toBe("ran\n");
        const changes = (await docker("diff", "box")).trim().split("\n");
        expect(changes).toContain("A /made");
        expect(changes).toContain("A /opt/run");
        expect(changes).toContain("D /etc/passwd");
        expect(changes).not.toContain("A /etc/hosts");
        await docker("commit", "--change", 'CMD ["cat", "/made"]', "box", "made:live");
        expect(await docker("run", "--rm", "made:live")).toBe("made\n");

        await docker("stop", "-t", "1", "box");
        await docker("cp", "box:/opt/run", join(folder, "back"));
        expect(readFileSync(join(folder, "back"), "utf8")).toContain("echo ran");
        expect((await docker("diff", "box")).trim().split("\n")).toEqual(changes);
        writeFileSync(join(folder, "late"), "late\n");
        await docker("cp", join(folder, "late"), "box:/opt/late");
        const missing = await stand().docker(["cp", "box:/missing", folder]);
        expect(missing.stderr).toContain("Could not find the file /missing in container");
        await docker("export", "-o", join(folder, "all.tar"), "box");
        const tar = Bun.spawnSync(["tar", "-tf", join(folder, "all.tar")]).stdout.toString();
        expect(tar).toMatch(/^opt\/late$/m);
        await docker("commit", "box", "made:off");
        expect(await docker("run", "--rm", "made:off", "cat", "/opt/late")).toBe("late\n");
        await docker("start", "box");
        expect(await docker("exec", "box", "cat", "/opt/late")).toBe("late\n");
        await docker("rm", "-f", "box");
        await docker("rmi", "made:live", "made:off");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
}

import { describe, expect, test } from "bun:test";
import type { Stand } from "../stand/stand.ts";

const megabytes = 64;

/** Drives the docker CLI under a terminal of this size, typing `keys` once `prompt` is on the screen. */
export async function onTerminal(
  stand: Stand,
  args: string[],
  steps: { after: string; type: string }[],
  size: { rows: number; cols: number },
): Promise<{ screen: string; code: number }> {
  let screen = "";
  let next = 0;
  const decoder = new TextDecoder();
  const child = Bun.spawn(["docker", ...args], {
    env: { ...process.env, ...stand.dockerEnv, DOCKER_CLI_HINTS: "false", TERM: "xterm" },
    terminal: {
      ...size,
      data(terminal: { write(text: string): unknown }, bytes: Uint8Array) {
        screen += decoder.decode(bytes, { stream: true });
        const step = steps[next];
        if (step && screen.includes(step.after)) {
          next++;
          terminal.write(step.type);
        }
      },
    },
  } as Parameters<typeof Bun.spawn>[1]);
  const code = await child.exited;
  return { screen, code };
}

/** `docker run` as a person types it. */
export function runCases(stand: () => Stand): void {
  describe("docker run", () => {
    test("prints what the process prints", async () => {
      expect(await stand().dockerOk(["run", "--rm", "busybox", "echo", "one line"])).toBe(
        "one line\n",
      );
      expect(await stand().dockerOk(["ps", "-aq"])).toBe("");
    });

    test("keeps stdout and stderr apart and gives the exit code back", async () => {
      const script = "echo out; echo err >&2; exit 7";
      const done = await stand().docker(["run", "--rm", "busybox", "sh", "-c", script]);
      expect(done).toEqual({ stdout: "out\n", stderr: "err\n", code: 7 });
    });

    test("feeds stdin and sees its end", async () => {
      const done = await stand().docker(["run", "--rm", "-i", "busybox", "cat"], "x\n");
      expect(done).toEqual({ stdout: "x\n", stderr: "", code: 0 });
    });

    test("an input that is empty from the start ends too", async () => {
      const done = await stand().docker(["run", "--rm", "-i", "busybox", "wc", "-c"], "");
      expect(done).toEqual({ stdout: "0\n", stderr: "", code: 0 });
    });

    test(`carries ${megabytes} MiB through stdout byte for byte`, async () => {
      const script = `head -c ${megabytes << 20} /dev/urandom > f; sha256sum < f >&2; cat f`;
      const child = Bun.spawn(["docker", "run", "--rm", "busybox", "sh", "-c", script], {
        env: { ...process.env, ...stand().dockerEnv },
        stdout: "pipe",
        stderr: "pipe",
      });
      const hash = new Bun.CryptoHasher("sha256");
      let bytes = 0;
      for await (const chunk of child.stdout) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      expect(bytes).toBe(megabytes << 20);
      expect((await child.stderr.text()).split(" ")[0]).toBe(hash.digest("hex"));
      expect(await child.exited).toBe(0);
    });

    test("a terminal has a size, Ctrl-C interrupts, and exit 7 is 7", async () => {
      const steps = [
        { after: "# ", type: "stty size\r" },
        // Interrupted once its output is there: a key typed before that would go to the shell's line editor.
        { after: "33 101", type: "echo rea''dy; sleep 1000\r" },
        { after: "ready\r\n", type: "\u0003" },
        { after: "^C", type: "echo still $((40+2))\r" },
        { after: "still 42", type: "exit 7\r" },
      ];
      const size = { rows: 33, cols: 101 };
      const { screen, code } = await onTerminal(
        stand(),
        ["run", "--rm", "-it", "busybox"],
        steps,
        size,
      );
      expect(screen).toContain("33 101");
      expect(screen).toContain("still 42");
      expect(code).toBe(7);
    });

    test("a container asks the VCH's name servers, or those it was given", async () => {
      const cat = ["busybox", "cat", "/etc/resolv.conf"];
      expect(await stand().dockerOk(["run", "--rm", ...cat])).toContain("nameserver 10.0.2.3\n");
      const own = await stand().dockerOk(["run", "--rm", "--dns", "192.0.2.1", ...cat]);
      expect(own).toContain("nameserver 192.0.2.1\n");
      expect(own).not.toContain("10.0.2.3");
    });

    test("runs two containers at once", async () => {
      const names = ["left", "right"];
      const both = names.map((name) =>
        stand().dockerOk(["run", "-d", "--name", name, "busybox", "sleep", "1000"]),
      );
      await Promise.all(both);
      const listed = await stand().dockerOk(["ps", "--format", "{{.Names}} {{.State}}"]);
      expect(listed.trim().split("\n").toSorted()).toEqual(["left running", "right running"]);
      await stand().dockerOk(["rm", "-f", ...names]);
      expect(await stand().dockerOk(["ps", "-aq"])).toBe("");
    });

    test("a command that is not there is 127 and says so", async () => {
      const done = await stand().docker(["run", "--rm", "busybox", "no-such-program"]);
      expect(done.code).toBe(127);
      expect(done.stderr).toContain("no-such-program");
      expect(done.stderr).toContain("executable file not found");
    });

    test("an unknown image says so and leaves nothing", async () => {
      const done = await stand().docker(["run", "--rm", "--pull=never", "no-such-image"]);
      expect(done.code).toBe(125);
      expect(done.stderr).toContain("No such image: no-such-image:latest");
      expect(await stand().dockerOk(["ps", "-aq"])).toBe("");
    });
  });
}

import { dlopen } from "bun:ffi";
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, openSync, readFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Output } from "../output.ts";
import { makePipes, closePipes, Process } from "../process.ts";
import { ConsoleSocket } from "./console-socket.ts";
import { FdReader, FdWriter } from "./fd.ts";
import { formatTime, nowNs, pipe, signalNumber } from "./libc.ts";
import { decodeStatus, Reaper } from "./reaper.ts";
import { spawn, type Stdio } from "./spawn.ts";

const { symbols: c } = dlopen("libc.so.6", {
  prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" },
});
const prSetChildSubreaper = 36;
/** Whether orphans become children of this process, as they are PID 1's in a VM. */
const adoptOrphans = (isOn: boolean) => c.prctl(prSetChildSubreaper, isOn ? 1 : 0, 0, 0, 0);

adoptOrphans(true);
const reaper = new Reaper();
// The other test files of this process have children that are theirs alone to wait for.
afterAll(() => {
  reaper[Symbol.dispose]();
  adoptOrphans(false);
});
const root = { uid: process.getuid!(), gid: process.getgid!(), groups: [], home: "/" };

/**
 * Starts a script as the OCI runtime leaves a process behind: an orphan of ours whose pid is in a file. It runs once
 * its first parent has gone, who would otherwise collect it.
 */
async function orphan(script: string, child: Stdio): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "vic-proc-"));
  const [file, gate] = [join(folder, "pid"), join(folder, "gate")];
  await spawn(["mkfifo", gate], ["ignore", "ignore", "ignore"]).finished;
  const opener = openSync(gate, "r+");
  // A shell gives what it puts into the background an empty input.
  const inner = `read _ < ${gate}; ${script}`;
  const outer = `exec 3<&0; sh -c '${inner}' <&3 3<&- & echo $! > ${file}`;
  await spawn(["sh", "-c", outer], child).finished;
  writeSync(opener, "go\n");
  return Number(readFileSync(file, "utf8"));
}

async function launch(
  script: string,
  openStdin = false,
): Promise<{ process: Process; output: Output }> {
  const pipes = makePipes(openStdin, root);
  const pid = await orphan(script, pipes.child);
  closePipes(pipes, "child");
  const output = new Output();
  return { process: new Process(pid, { pipes }, output, reaper), output };
}

describe("signals and time", () => {
  test.each([
    ["SIGTERM", 15],
    ["term", 15],
    ["9", 9],
    ["SIGRTMIN+3", 37],
    ["RTMAX-1", 63],
    ["SIGFOO", undefined],
    ["0", undefined],
    ["65", undefined],
    ["", undefined],
    ["toString", undefined],
  ])("%s", (text, number) => expect(signalNumber(text)).toBe(number));

  test("nanoseconds", () => {
    expect(formatTime(1_700_000_000_000_000_007n)).toBe("2023-11-14T22:13:20.000000007Z");
    expect(Math.abs(Number(nowNs() / 1_000_000n) - Date.now())).toBeLessThan(1000);
  });
});

describe("processes", () => {
  test("exit codes of orphans, beside those of Bun's own children", async () => {
    const own = Array.from({ length: 10 }, (_, n) =>
      spawn(["sh", "-c", `exit ${n}`], ["ignore", "ignore", "ignore"]),
    );
    const { process: orphan } = await launch("exit 7");
    expect(await orphan.exited).toEqual({ code: 7, signal: undefined });
    const codes = await Promise.all(own.map(async (child) => (await child.finished).code));
    expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(decodeStatus(9)).toEqual({ code: 137, signal: 9 });
  });

  test("a process that ended before it was claimed", async () => {
    const pid = await orphan("exit 3", ["ignore", "ignore", "ignore"]);
    while (readStat(pid) !== undefined) await Bun.sleep(1);
    expect(await reaper.wait(pid)).toEqual({ code: 3, signal: undefined });
  });

  test("input with its end, output and errors apart, signals", async () => {
    const { process: cat, output } = await launch("cat; echo done >&2", true);
    const seen: Record<number, string> = { 1: "", 2: "" };
    output.add(async (stream, bytes) => void (seen[stream] += Buffer.from(bytes).toString()));
    await cat.write(Buffer.from("hello"));
    cat.endStdin();
    expect((await cat.ended()).code).toBe(0);
    expect(seen).toEqual({ 1: "hello", 2: "done\n" });
    const { process: sleeper } = await launch("exec sleep 1000");
    expect(sleeper.signal(15)).toBeTrue();
    expect(await sleeper.exited).toEqual({ code: 143, signal: 15 });
    expect(sleeper.signal(15)).toBeFalse();
    await sleeper.write(Buffer.from("nobody reads"));
  });

  test("a sink that does not take stops the process, one that fails is dropped", async () => {
    const { process: writer, output } = await launch("head -c 1000000 /dev/zero");
    const open = Promise.withResolvers<void>();
    let bytes = 0;
    output.add(async (_, chunk) => {
      await open.promise;
      bytes += chunk.length;
    });
    output.add(() => Promise.reject(new Error("gone")));
    let isOver = false;
    void writer.exited.then(() => (isOver = true));
    // One whose output is taken writes far more meanwhile.
    const { process: free } = await launch("head -c 8000000 /dev/zero");
    await free.ended();
    expect(isOver).toBeFalse();
    open.resolve();
    await writer.ended();
    expect(bytes).toBe(1_000_000);
  });
});

describe("descriptors", () => {
  test("a pipe nobody reads keeps the writer waiting, and lets it go when closed", async () => {
    const { read, write } = pipe();
    const writer = new FdWriter(write, { isShared: false });
    const data = crypto.getRandomValues(new Uint8Array(65_536));
    const big = Buffer.concat([data, data, data, data]);
    let isWritten = false;
    const written = writer.write(big).then(() => (isWritten = true));
    await Promise.resolve();
    expect(isWritten).toBeFalse();
    const reader = new FdReader(read);
    const parts: Uint8Array[] = [];
    for (let total = 0; total < big.length;) {
      const part = (await reader.read())!;
      parts.push(part);
      total += part.length;
    }
    await written;
    expect(Buffer.concat(parts).equals(big)).toBeTrue();
    const stuck = writer.write(big);
    writer.close();
    await expect(stuck).rejects.toMatchObject({ code: "EPIPE" });
    reader.close();
  });

  test("a terminal sent over the console socket", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "vic-console-")), "s");
    const socket = new ConsoleSocket(path);
    const script = `import socket,os,array
m,s=os.openpty(); c=socket.socket(socket.AF_UNIX); c.connect("${path}")
c.sendmsg([b"x"],[(socket.SOL_SOCKET,socket.SCM_RIGHTS,array.array("i",[m]))]); os.write(s,b"hi\\n")`;
    expect(
      (await spawn(["python3", "-c", script], ["ignore", "ignore", "ignore"]).finished).code,
    ).toBe(0);
    const reader = new FdReader(socket.receive());
    expect(Buffer.from((await reader.read())!).toString()).toBe("hi\r\n");
    expect(await reader.read()).toBeUndefined();
    reader.close();
    expect(() => socket.receive()).toThrow("accept");
    socket.close();
  });
});

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
}

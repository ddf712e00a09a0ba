import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeLogEntry, LogEntryParser } from "../../guest/log-frame.ts";
import type { Mux } from "../../guest/mux.ts";
import { VicError } from "../../errors/errors.ts";
import { Connections } from "../exec/connections.ts";
import { Entry } from "../exec/entry.ts";
import type { Facts } from "../exec/facts.ts";
import { LogReader } from "./reader.ts";
import { ScratchMounts } from "./scratch-mounts.ts";

let root: string;
let done: string[];
let mounts: ScratchMounts;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "logs-"));
  done = [];
  mounts = newMounts(60_000);
});
afterEach(async () => {
  await mounts.close();
  await rm(root, { recursive: true, force: true });
});

function newMounts(lingerMs: number): ScratchMounts {
  return new ScratchMounts({
    root,
    lingerMs,
    attach: async (path) => {
      done.push(`attach ${path}`);
      return { device: "/dev/x", detach: async () => void done.push("detach") };
    },
    mount: async (_, folder) => {
      done.push("mount");
      await mkdir(join(folder, "log"));
      const line = (n: bigint) => Buffer.from(`line ${n}\n`);
      const entries = [1n, 2n, 3n].map((timeNs) =>
        encodeLogEntry({ timeNs, stream: 1, isPartial: false, bytes: line(timeNs) }),
      );
      await writeFile(join(folder, "log/00000001.log"), Buffer.concat(entries));
    },
    unmount: async (folder) => {
      done.push("unmount");
      await rm(join(folder, "log"), { recursive: true });
    },
  });
}

const id = "c".repeat(64);
function entryOf(power: "poweredOn" | "poweredOff", phase: "running" | "exited"): Entry {
  return new Entry({
    vm: { type: "VirtualMachine", value: "1" },
    power,
    record: { id, name: "x" },
    config: { id, run: 1 },
    own: { startedAt: "", finishedAt: "" },
    state: { run: 1, phase, exitCode: 0 },
  } as unknown as Facts);
}

const query = { follow: false, stdout: true, stderr: true, tail: -1 };
async function lines(reader: LogReader, entry: Entry): Promise<string[]> {
  const parser = new LogEntryParser();
  const found: string[] = [];
  const sink = async (bytes: Uint8Array) => {
    for (const { bytes: line } of parser.push(bytes)) found.push(Buffer.from(line).toString());
  };
  await reader.read(entry, query, sink, new AbortController().signal);
  return found;
}
const all = ["line 1\n", "line 2\n", "line 3\n"];

test("with the VM off, from its disk; a second reader uses the same mount", async () => {
  const reader = new LogReader(new Connections(), mounts, () => "[ds] x");
  const entry = entryOf("poweredOff", "exited");
  expect(await lines(reader, entry)).toEqual(all);
  expect(await lines(reader, entry)).toEqual(all);
  expect(done).toEqual(["attach [ds] x/scratch.vmdk", "mount"]);
  await mounts.release(id);
  expect(done.slice(2)).toEqual(["unmount", "detach"]);
});

test("a tether that goes away in the middle: the rest comes from the disk, nothing twice", async () => {
  const connections = new Connections();
  const entry = entryOf("poweredOn", "running");
  const first = encodeLogEntry({
    timeNs: 1n,
    stream: 1,
    isPartial: false,
    bytes: Buffer.from("line 1\n"),
  });
  async function* readable() {
    yield Buffer.concat([first, first.subarray(0, 5)]);
    entry.update({ ...entryOf("poweredOff", "exited").facts });
    throw new VicError("unavailable", "gone");
  }
  const mux = {
    reason: undefined,
    closed: new Promise(() => {}),
    call: () => ({ stream: { readable: readable() }, result: Promise.resolve({}) }),
  } as unknown as Mux;
  connections.add(mux, { id, run: 1 });
  const reader = new LogReader(connections, mounts, () => "[ds] x");
  expect(await lines(reader, entry)).toEqual(all);
});

test("whoever removes a container waits for those who are reading, not for those who do not", async () => {
  const reader = new LogReader(new Connections(), mounts, () => "[ds] x");
  const [isTaken, take] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = async () => {
    isTaken.resolve();
    await take.promise;
  };
  const { signal } = new AbortController();
  const reading = reader.read(entryOf("poweredOff", "exited"), query, slow, signal);
  await isTaken.promise;
  let isSettled = false;
  const settled = reader.settled(id).then(() => (isSettled = true));
  await Promise.resolve();
  expect(isSettled).toBe(false);
  take.resolve();
  await reading;
  await settled;
  const stuck = reader.read(
    entryOf("poweredOff", "exited"),
    query,
    () => new Promise(() => {}),
    signal,
  );
  stuck.catch(() => {});
  await reader.settled(id);
  await mounts.release(id);
  await expect(stuck).rejects.toMatchObject({ code: "conflict" });
});

test("release ends readers that do not read", async () => {
  const reader = new LogReader(new Connections(), mounts, () => "[ds] x");
  const started = Promise.withResolvers<void>();
  const stuck = async () => {
    started.resolve();
    await new Promise(() => {});
  };
  const reading = reader.read(
    entryOf("poweredOff", "exited"),
    query,
    stuck,
    new AbortController().signal,
  );
  reading.catch(() => {});
  await started.promise;
  await mounts.release(id);
  expect(done).toEqual(["attach [ds] x/scratch.vmdk", "mount", "unmount", "detach"]);
  await expect(reading).rejects.toMatchObject({ code: "conflict" });
});

test("a bounded number of disks at once: an idle one makes room", async () => {
  const free = Promise.withResolvers<void>();
  const users = ["1", "2", "3", "4"].map((n) => mounts.use({ id: n, path: n }, () => free.promise));
  const fifth = mounts.use({ id: "5", path: "5" }, async () => "here");
  expect(done.filter((step) => step.startsWith("attach")).length).toBe(4);
  free.resolve();
  await Promise.all(users);
  expect(await fifth).toBe("here");
});

test("a mount that fails leaves nothing and can be tried again", async () => {
  let fails = true;
  const flaky = new ScratchMounts({
    root,
    attach: async () => ({ device: "/dev/x", detach: async () => void done.push("detach") }),
    mount: async () => {
      if (fails) throw new VicError("internal", "bad disk");
    },
    unmount: async () => {},
  });
  const use = () => flaky.use({ id: "a", path: "a" }, async () => "read");
  await expect(use()).rejects.toThrow("bad disk");
  fails = false;
  expect(await use()).toBe("read");
  expect(done).toEqual(["detach"]);
  await flaky.close();
});

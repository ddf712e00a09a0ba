import { expect, test } from "bun:test";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { runDir } from "../qemu/run-dir.ts";
import { Forwards } from "./forwards.ts";
import { Nat, natArguments, parseForwards } from "./nat.ts";
import { Switch } from "./switch.ts";

const outside = "127.0.93.15";

test("the box has no machine, and the stack and the cable on one hub", () => {
  const options = natArguments(runDir("/d", "nat"), ["-sandbox", "on"]);
  expect(options.slice(0, 2)).toEqual(["-M", "none"]);
  const netdevs = options.flatMap((o, i) => (options[i - 1] === "-netdev" ? [JSON.parse(o)] : []));
  expect(netdevs.map((n: { type: string }) => n.type)).toEqual([
    "stream",
    "user",
    "hubport",
    "hubport",
  ]);
  expect(options).toContain("-sandbox");
});

test("finds forwards in what QEMU prints", () => {
  const text = `Hub 0 (stack0):
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
  TCP[ESTABLISHED]   30      127.0.0.1 40000       10.0.2.15    22     0     0
  TCP[HOST_FORWARD]  14     127.0.2.15  8080       10.0.2.15  8080     0     0
  UDP[HOST_FORWARD]  15     127.0.2.15    53       10.0.2.15    53     0     0
  UDP[236 sec]       35      10.0.2.15 43125 192.168.1.1     53     0     0\r\n`;
  expect(parseForwards(text)).toEqual(["tcp:127.0.2.15:8080", "udp:127.0.2.15:53"]);
});

/** Whether somebody listens there. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ host: outside, port });
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((fulfil) => setImmediate(fulfil));
}

/** A port that the system just gave out and took back is free. */
function freePort(): number {
  const listener = Bun.listen({ hostname: outside, port: 0, socket: { data() {} } });
  listener.stop(true);
  return listener.port;
}

async function setUp() {
  const dataDir = await mkdtemp(join(tmpdir(), "vic-nat-"));
  const forwards = new Forwards(() => undefined);
  const program = "qemu-system-x86_64";
  const network = new Switch();
  return {
    parts: { dataDir, program, sandbox: [], network, forwards, log: () => undefined },
    pid: async () => Number(await readFile(runDir(dataDir, "nat").pid, "utf8").catch(() => "0")),
    async [Symbol.asyncDispose]() {
      forwards.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

test("a real box forwards, is replaced with its forwards when it dies, and ends", async () => {
  await using stand = await setUp();
  const nat = await Nat.open(stand.parts);
  const port = freePort();
  try {
    const forward = { protocol: "tcp" as const, outside, inside: "10.0.2.15", port };
    stand.parts.forwards.set("vm", [forward]);
    await until(() => isOpen(port));
    const first = await stand.pid();
    process.kill(first, "SIGKILL");
    await until(async () => ![0, first].includes(await stand.pid()) && isOpen(port));
  } finally {
    await nat.close();
  }
  expect(await isOpen(port)).toBe(false);
  expect(await stand.pid()).toBe(0);
}, 30_000);

test("the box of a vic-host that was killed is taken over", async () => {
  await using stand = await setUp();
  const script = `
    import { Nat } from ${JSON.stringify(join(import.meta.dir, "nat.ts"))};
    import { Switch } from ${JSON.stringify(join(import.meta.dir, "switch.ts"))};
    import { Forwards } from ${JSON.stringify(join(import.meta.dir, "forwards.ts"))};
    const log = () => undefined;
    const parts = ${JSON.stringify({ ...stand.parts, network: null, forwards: null })};
    await Nat.open({ ...parts, log, network: new Switch(), forwards: new Forwards(log) });
    process.kill(process.pid, "SIGKILL");`;
  const child = Bun.spawn([process.execPath, "-e", script], {
    stdout: "inherit",
    stderr: "inherit",
  });
  await child.exited;
  const first = await stand.pid();
  expect(first).toBeGreaterThan(1);
  const nat = await Nat.open(stand.parts);
  const second = await stand.pid();
  await nat.close();
  expect(second).toBe(first);
  expect(await stand.pid()).toBe(0);
}, 30_000);

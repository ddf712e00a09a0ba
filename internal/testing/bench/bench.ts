/** `make bench`: prints medians of start-up, latency, pull speed and memory, beside Debian's dockerd where that makes sense. */
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { busyboxImage, dockerArchive, pushImage } from "../fixtures/image.ts";
import { nginxImage } from "../fixtures/nginx.ts";
import { startRegistry } from "../fixtures/registry.ts";
import { sparesMax } from "../../portlayer/templates/spares.ts";
import { spares } from "../conformance/durability/observe.ts";
import { root, Stand, until } from "../stand/stand.ts";
import { bareBoot } from "./bare.ts";
import { benchClones } from "./clone.ts";
import { dockerRows, ok, type Docker, type Engine } from "./docker.ts";
import { startDockerd } from "./dockerd.ts";
import { manyRow } from "./many.ts";
import { medianMs } from "./median.ts";
import { vsphereRows } from "./vsphere.ts";

const rounds = 5;
const containersMany = 20;
const spareSeconds = 120;
const spareMs = 5_000;
type Work = [work: () => Promise<unknown>, before?: () => Promise<unknown>];

/** Median seconds. */
async function median(...work: Work): Promise<number> {
  return (await medianMs(rounds, ...work)) / 1000;
}

const rows: [string, string, string][] = [];
const seconds = (n: number | undefined) => (n === undefined ? "" : `${n.toFixed(2)} s`);
function row(what: string, ours: string, theirs = ""): void {
  rows.push([what, ours, theirs]);
  console.error(`${what}: ${ours} ${theirs}`);
}

/** Resident megabytes of processes whose executable and arguments match, largest first. */
function residentMb(pattern: RegExp): number[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const command = `${readlinkSync(`/proc/${pid}/exe`)} ${readFileSync(`/proc/${pid}/cmdline`, "utf8")}`;
        if (!pattern.test(command.replaceAll("\0", " "))) return [];
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return [Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)];
      } catch {
        return [];
      }
    })
    .toSorted((a, b) => b - a);
}

/** Waits until a VCH has its spare VMs, and a moment longer: the last one still has things to do. */
async function settle(hostDir: string): Promise<void> {
  await until("spare VMs", spareSeconds, () => spares(hostDir).size >= sparesMax);
  await Bun.sleep(spareMs);
}

const dir = mkdtempSync(join(tmpdir(), "vic-bench-"));
const stand = new Stand({ dir, loopback: "127.0.11.0/24" });
const peer = await startDockerd(join(dir, "dockerd"));
await stand.startHost();
try {
  await stand.createVch(["--insecure-registry", "10.0.2.2"]);
  const archive = dockerArchive(await busyboxImage(), "busybox:latest");
  const ours: Docker = (args, stdin) => stand.docker(args, stdin);
  const both: Docker[] = peer ? [ours, peer.docker] : [ours];
  for (const docker of both) await ok(docker(["load"], archive));

  const bare = await median(await bareBoot(join(dir, "bare")));
  row("bare limit: the kernel and an init that powers off", seconds(bare));
  const engine: Engine = { docker: ours, network: "bridge", settle: () => settle(stand.hostDir) };
  const peers = peer ? [{ docker: peer.docker, network: "none", settle: async () => {} }] : [];
  await dockerRows(row, [engine, ...peers], rounds, stand.hostDir);

  for (const count of [1, containersMany]) {
    const latencies = [];
    for (const docker of both) {
      const have = (await ok(docker(["ps", "-aq"]))).split("\n").length - 1;
      for (let i = have; i < count; i++) await ok(docker(["create", "busybox", "true"]));
      latencies.push(await median(() => ok(docker(["ps", "-a"]))));
    }
    row(`docker ps -a, ${count} containers`, ...(latencies.map(seconds) as [string, string]));
  }
  for (const docker of both) await ok(docker(["container", "prune", "-f"]));

  {
    await using registry = await startRegistry(join(dir, "registry"));
    const image = await nginxImage(join(root, "build/fixtures"));
    await pushImage(registry.url, "nginx", "1", image);
    const megabytes = image.layers.reduce((sum, layer) => sum + layer.length, 0) / 1e6;
    const speeds = [];
    const hosts = ["10.0.2.2", "127.0.0.1"];
    for (const [i, docker] of both.entries()) {
      const name = `${hosts[i]}:${registry.port}/nginx:1`;
      const time = await median(
        () => ok(docker(["pull", name])),
        () => docker(["rmi", name]),
      );
      speeds.push(`${(megabytes / time).toFixed(1)} MB/s`);
    }
    row(
      `docker pull, ${image.layers.length} layers, ${megabytes.toFixed(0)} MB`,
      ...(speeds as [string, string]),
    );
  }

  await ok(ours(["run", "-d", "--name", "idle", "busybox", "sleep", "100000"]));
  const mb = (pattern: RegExp) => `${residentMb(pattern).join(", ")} MB`;
  row("memory: vic-host", mb(new RegExp(`bin/vic-host .*${dir}`)));
  row(
    "memory: QEMU of the appliance and of a container",
    mb(new RegExp(`qemu-system.*vic-vm.*${dir}`)),
  );
  row("memory: QEMU that is the NAT box", mb(new RegExp(`qemu-system.*-M none.*${dir}`)));
  await stand.enableSsh();
  for (const name of ["init", "port-layer", "docker"]) {
    const kib = await stand.ssh(
      `for p in /proc/[0-9]*; do case "$(tr '\\0' ' ' < $p/cmdline)" in "/usr/sbin/vic-appliance ${name} "*) ` +
        `sed -n 's/VmRSS:[^0-9]*\\([0-9]*\\).*/\\1/p' $p/status;; esac; done 2>/dev/null`,
    );
    row(`memory: vic-appliance ${name}, in the appliance`, `${Math.round(Number(kib) / 1024)} MB`);
  }
} finally {
  await stand.deleteVch().catch((error: unknown) => console.error(error));
  await stand.stopHost();
  await peer?.[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
}
await manyRow(row, rounds);
await benchClones(row, rounds);
await vsphereRows(row);

console.log(`| ${rounds} runs, medians | VIC on vic-host | dockerd |`);
console.log("|---|---|---|");
for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
process.exit(0);

/** What a stand has, counted from the outside: on this machine, over ssh in the appliance, and over the Docker API. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { processesOf } from "../../../host/qemu/process.ts";
import { servicePattern } from "../../stand/appliance.ts";
import { until, type Stand } from "../../stand/stand.ts";
import { diskRecords, listFiles, processes, rows, spares } from "../durability/observe.ts";
import { untilSpares } from "./vch.ts";

/** What one process uses. */
export interface Use {
  openFiles: number;
  memoryMiB: number;
}

/** See the file's head. */
export interface Census {
  /** What must not be more afterwards, one line each. */
  things: Set<string>;
  /** By process. */
  uses: Map<string, Use>;
}

/** What may be more afterwards, for each process. */
export interface Tolerance {
  /** Connections that are kept for the next call come and go. */
  openFiles: number;
  /** The collector decides when memory is given back. */
  memoryMiB: number;
}

const services = ["init", "port-layer", "docker"] as const;
const tcpListen = "0A";

/** Prints what {@link inAppliance} reads: `thing ...`, `channel`, and `use process files kilobytes`. */
const script = `
for name in ${services.join(" ")}; do
  case $name in
    ${services.map((name) => `${name}) pattern='${servicePattern(name)}';;`).join("\n    ")}
  esac
  p=$(pgrep -o -f "$pattern") || continue
  echo "use $name $(ls /proc/$p/fd | wc -l) $(awk '/VmRSS/{print $2}' /proc/$p/status)"
done
ss -Hltun | awk '{print "thing appliance listens " $1, $5}'
ss -Htn state established 'sport = :2377' | awk '{print "channel"}'
nft list table inet vic | awk 'NF{print "thing nftables " $0}'
awk '{print "thing mount " $2}' /proc/mounts
ls /sys/block | sed 's/^/thing block device /'
find /run/vic /run/f /var/lib/vic /tmp -mindepth 1 2>/dev/null | sed 's/^/thing appliance file /'
ps -e -o ppid=,pid=,args= | awk '$1 != 2 && $2 != 2 {$1 = $2 = ""; print}' |
  grep -vE 'sshd|bash -c|awk |grep |ps -e|sh -c' | sed 's/^ */thing appliance process /'
`;

/** Counts everything, while nothing is going on, and not before all spare VMs are made: each takes files of vic-host. */
export async function takeCensus(stand: Stand): Promise<Census> {
  await untilSpares(stand);
  const { hostDir } = stand;
  const machines = join(hostDir, "machines");
  // Before this makes connections of its own.
  const uses = new Map([["vic-host", useOf(stand.host.pid)]]);
  for (const { pid, pidFile } of await processesOf(join(machines, "run")))
    if (pidFile.endsWith("/nat/pid")) uses.set("NAT box", useOf(pid));
  const spare = spares(hostDir);
  const spareParts = new Set([...spare.keys(), ...spare.values()]);
  const isSpares = (path: string) => path.split("/").some((part) => spareParts.has(part));
  const list = (what: string, items: Iterable<string>) =>
    [...items].filter((item) => !isSpares(item)).map((item) => `${what} ${item}`);
  const census: Census = {
    things: new Set([
      ...list("VM", rows(hostDir, "vm")),
      ...list("disk", diskRecords(hostDir)),
      ...list("file", listFiles(join(hostDir, "datastore1"))),
      ...list("file of machines", listFiles(machines)),
      ...list("QEMU of VM", await processes(hostDir)),
      ...list("port", listening(stand)),
      ...list("container", words(await stand.dockerOk(["ps", "-aq", "--no-trunc"]))),
      ...list("image", words(await stand.dockerOk(["images", "-aq", "--no-trunc"]))),
      ...list("address", words(await stand.dockerOk(addresses))),
    ]),
    uses,
  };
  await inAppliance(stand, census, spare.size);
  return census;
}

const eachAddress = "{{range .Containers}}{{.IPv4Address}} {{end}}";
const addresses = ["network", "inspect", "bridge", "-f", eachAddress];

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

async function inAppliance(
  stand: Stand,
  { things, uses }: Census,
  spareCount: number,
): Promise<void> {
  // The first channels, by number, are counted as those of the spare VMs.
  let channels = -spareCount;
  for (const line of (await stand.ssh(script)).split("\n")) {
    const [kind, ...rest] = line.split(" ");
    if (kind === "thing") things.add(rest.join(" "));
    if (kind === "channel" && ++channels > 0) things.add(`control channel ${channels}`);
    if (kind !== "use") continue;
    const [name = "", openFiles, kilobytes] = rest;
    uses.set(name, { openFiles: Number(openFiles), memoryMiB: Number(kilobytes) / 1024 });
  }
}

function useOf(pid: number): Use {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
    memoryMiB: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
  };
}

/** Ports at the stand's own loopback addresses: what leads into its guests. */
function listening(stand: Stand): string[] {
  const prefix = stand.address.replace(/\d+$/, "");
  return ["tcp", "udp"].flatMap((protocol) =>
    readFileSync(`/proc/net/${protocol}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => protocol === "udp" || state === tcpListen)
      .map(([, local = ""]) => local.split(":"))
      .map(([address = "", port = ""]) => `${dotted(address)}:${Number.parseInt(port, 16)}`)
      .filter((local) => local.startsWith(prefix))
      .map((local) => `${protocol} ${local}`),
  );
}

/** The kernel writes an address as a number of its own byte order. */
function dotted(hex: string): string {
  return Buffer.from(hex, "hex").reverse().join(".");
}

/**
 * Longest for the connection of a VM that was removed before it had greeted, and for connections that are kept for the next
 * call: Bun's fetch keeps one for five minutes.
 */
const restSeconds = 400;
/** Between two censuses: libslirp, the NAT box's network stack, keeps a connection that has ended for 10 s. */
const quietMs = 12_000;

/** Takes a census until nothing is left that was not there before, or for long enough; says what is left then. */
export async function leaksSince(
  before: Census,
  take: () => Promise<Census>,
  tolerance: Tolerance,
): Promise<string[]> {
  let after = await take();
  const leaks = () => leaksBetween(before, after, tolerance);
  await until("everything to go", restSeconds, async () => {
    if (leaks().length === 0) return true;
    await Bun.sleep(quietMs);
    after = await take();
    return false;
  }).catch(() => undefined);
  console.log({ before: before.uses, after: after.uses });
  return leaks();
}

/** What is different afterwards, in words; nothing when all is as it was. */
function leaksBetween(before: Census, after: Census, tolerance: Tolerance): string[] {
  // What was still going at first, and has gone since, is none.
  const leaks = [...after.things].filter((t) => !before.things.has(t)).map((t) => `left: ${t}`);
  for (const [name, was] of before.uses) {
    const is = after.uses.get(name);
    if (!is) leaks.push(`process missing: ${name}`);
    else if (is.openFiles > was.openFiles + tolerance.openFiles)
      leaks.push(`${name}: ${is.openFiles} open files after ${was.openFiles}`);
    else if (is.memoryMiB > was.memoryMiB + tolerance.memoryMiB)
      leaks.push(`${name}: ${is.memoryMiB.toFixed(0)} MiB after ${was.memoryMiB.toFixed(0)}`);
  }
  return leaks;
}

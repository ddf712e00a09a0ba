import { mkdirSync, readdirSync, realpathSync } from "node:fs";
import { VicError } from "../../../internal/errors/errors.ts";

/** Where the appliance keeps what does not fit into memory: archives being loaded, layers being unpacked. */
export const dataFolder = "/var/lib/vic";
const label = "vic-data";
/** vic-machine puts the data disk at SCSI target 0. */
const targetZero = /\/target\d+:0:0\/\d+:0:0:0\/block\//;

/**
 * Mounts the data disk, formatted anew: nothing on it outlives the processes that wrote it. Without a journal, which a full
 * datastore would break and with it everything that is written later. Returns false for an appliance without one.
 */
export async function mountDataDisk(sys = "/sys/class/block"): Promise<boolean> {
  mkdirSync(dataFolder, { recursive: true });
  const isDataDisk = (name: string) => targetZero.test(realpathSync(`${sys}/${name}`));
  const name = readdirSync(sys).find((n) => /^sd[a-z]+$/.test(n) && isDataDisk(n));
  if (name === undefined) return false;
  const device = `/dev/${name}`;
  const features = ["-O", "^has_journal", "-E", "lazy_itable_init=1"];
  await must(["mkfs.ext4", "-q", "-F", "-m", "0", "-L", label, ...features, device]);
  // What is deleted is given back to the datastore, which is thin, and no empty table is written to it.
  await must(["mount", "-o", "noatime,discard,noinit_itable", device, dataFolder]);
  return true;
}

async function must(command: string[]): Promise<void> {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  const [stderr, code] = await Promise.all([child.stderr.text(), child.exited]);
  if (code !== 0) throw new VicError("internal", `${command[0]}: ${stderr.trim()}`);
}

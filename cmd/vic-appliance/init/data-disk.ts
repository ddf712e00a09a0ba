import { mkdirSync, readdirSync, realpathSync } from "node:fs";
import { VicError } from "../../../internal/errors/errors.ts";

/** Where the appliance keeps what does not fit into memory: archives being loaded, layers being unpacked. */
export const dataFolder = "/var/lib/vic";
const label = "vic-data";
/** vic-machine puts the data disk at SCSI target 0. */
const targetZero = /\/target\d+:0:0\/\d+:0:0:0\/block\//;

/** Mounts the data disk, formatting it on first use. Returns false for an appliance without one. */
export async function mountDataDisk(sys = "/sys/class/block"): Promise<boolean> {
  mkdirSync(dataFolder, { recursive: true });
  const isDataDisk = (name: string) => targetZero.test(realpathSync(`${sys}/${name}`));
  const name = readdirSync(sys).find((n) => /^sd[a-z]+$/.test(n) && isDataDisk(n));
  if (name === undefined) return false;
  const device = `/dev/${name}`;
  const { stdout } = await run(["blkid", "-o", "value", "-s", "LABEL", device]);
  if (stdout.trim() !== label) {
    // A fresh thin disk reads as zeros: no table needs clearing.
    const options = "assume_storage_prezeroed=1,nodiscard";
    await must(["mkfs.ext4", "-q", "-F", "-m", "0", "-L", label, "-E", options, device]);
  }
  // What is deleted is given back to the datastore, which is thin.
  await must(["mount", "-o", "noatime,discard", device, dataFolder]);
  return true;
}

async function run(command: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { stdout, stderr, code: await child.exited };
}

async function must(command: string[]): Promise<void> {
  const { stderr, code } = await run(command);
  if (code !== 0) throw new VicError("internal", `${command[0]}: ${stderr.trim()}`);
}

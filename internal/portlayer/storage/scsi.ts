/** Disks as the appliance's own kernel sees them on its paravirtual SCSI controller. */
import { open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../../errors/errors.ts";

const appearSeconds = 30;
const pollMs = 10;

/** SCSI host number of the first pvscsi controller. */
async function pvscsiHost(sys: string): Promise<string> {
  const hosts = join(sys, "class/scsi_host");
  for (const host of (await readdir(hosts)).toSorted()) {
    const driver = await readFile(join(hosts, host, "proc_name"), "utf8");
    if (driver.trim() === "vmw_pvscsi") return host.slice("host".length);
  }
  throw new VicError("internal", "the appliance has no paravirtual SCSI controller");
}

/** Name of the block device of a SCSI target, for example sdb; undefined while there is none. */
async function blockName(sys: string, host: string, unit: number): Promise<string | undefined> {
  try {
    const names = await readdir(join(sys, `bus/scsi/devices/${host}:0:${unit}:0/block`));
    return names[0];
  } catch {
    return undefined;
  }
}

/** A disk has a name some moments before it can be opened (ENXIO). */
async function canOpen(path: string): Promise<boolean> {
  try {
    await (await open(path, "r")).close();
    return true;
  } catch {
    return false;
  }
}

/** Scans one target and waits for its disk. Returns its device path. */
export async function findDisk(unit: number, sys = "/sys", dev = "/dev"): Promise<string> {
  const host = await pvscsiHost(sys);
  const deadline = Date.now() + appearSeconds * 1000;
  for (;;) {
    const name = await blockName(sys, host, unit);
    if (name && (await canOpen(join(dev, name)))) return join(dev, name);
    if (Date.now() > deadline)
      throw new VicError("unavailable", `the disk at SCSI target ${unit} did not appear`);
    // Scanning the one target is cheap; a full scan of the host takes most of a second in emulation.
    if (!name) await writeFile(join(sys, `class/scsi_host/host${host}/scan`), `0 ${unit} 0`);
    await new Promise((next) => setTimeout(next, pollMs));
  }
}

/** Makes the kernel let go of a target's disk before it is unplugged. */
export async function forgetDisk(unit: number, sys = "/sys"): Promise<void> {
  const host = await pvscsiHost(sys);
  const device = join(sys, `bus/scsi/devices/${host}:0:${unit}:0/delete`);
  await writeFile(device, "1").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

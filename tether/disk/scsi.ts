/** Finds hot-added disks. A full scan of the bus costs half a second in an emulated VM; one target costs milliseconds. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { VicError } from "../../internal/errors/errors.ts";
import { poll } from "../poll.ts";

/** A hot-add event may be lost, and the disk may come after the configuration that names it. */
const rescanMs = 250;
const timeoutMs = 60_000;
/** proc_name of the paravirtual controllers, the preferred first; then any other that is not for CDs. */
const drivers = ["vmw_pvscsi", "pvscsi", "virtio_scsi"];
const cdDrivers = ["ahci", "ata_piix", "<NULL>"];

/** Number of the VM's first SCSI controller; undefined while none is there. */
export function findHost(sysRoot = "/sys"): number | undefined {
  const folder = `${sysRoot}/class/scsi_host`;
  const hosts = list(folder)
    .map((name) => ({
      number: Number(name.slice("host".length)),
      driver: readFileSync(`${folder}/${name}/proc_name`, "utf8").trim(),
    }))
    .filter(({ driver }) => !cdDrivers.includes(driver))
    .toSorted((a, b) => rank(a.driver) - rank(b.driver) || a.number - b.number);
  return hosts[0]?.number;
}

function rank(driver: string): number {
  const at = drivers.indexOf(driver);
  return at < 0 ? drivers.length : at;
}

/** Name of the disk that is target `unit` of a host, for example sda; undefined while it is not there. */
export function findDisk(host: number, unit: number, sysRoot = "/sys"): string | undefined {
  const folder = `${sysRoot}/class/scsi_device/${host}:0:${unit}:0/device/block`;
  return list(folder)[0];
}

/**
 * Waits until a disk and the given partitions of it have device nodes.
 * @returns the node of the whole disk, for example /dev/sda
 */
export async function waitForDisk(
  unit: number,
  partitions: number[],
  signal: AbortSignal,
): Promise<string> {
  const deadline = performance.now() + timeoutMs;
  let scanAt = 0;
  const look = (): string | undefined => {
    const host = findHost();
    const name = host === undefined ? undefined : findDisk(host, unit);
    const device = `/dev/${name}`;
    const nodes = [device, ...partitions.map((number) => partitionOf(device, number))];
    if (name !== undefined && nodes.every((node) => existsSync(node))) return device;
    const now = performance.now();
    if (now > deadline)
      throw new VicError(
        "unavailable",
        `no disk at SCSI unit ${unit} with the expected partitions`,
      );
    if (host !== undefined && name === undefined && now >= scanAt) {
      writeFileSync(`/sys/class/scsi_host/host${host}/scan`, `0 ${unit} 0`);
      scanAt = now + rescanMs;
      return look();
    }
    return undefined;
  };
  return poll(look, signal);
}

/** Node of a partition. */
export function partitionOf(device: string, number: number): string {
  return `${device}${/\d$/.test(device) ? "p" : ""}${number}`;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

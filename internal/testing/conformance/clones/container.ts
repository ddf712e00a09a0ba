/** A container's VM without a port layer: disks, configuration and what it wrote. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContainerConfig } from "../../../guest/config.ts";
import { run } from "../../stand/stand.ts";

const scratchBytes = 64 * 1024 * 1024;
const imageBytes = 1024 * 1024;
/** Targets on the SCSI controller. */
const units = { image: 0, scratch: 1 };
const applets = ["sh", "cat", "date", "hostname", "sync"];

/** A container that runs a shell command in a root file system of busybox. */
export function containerConfig(id: string, mac: string, command: string): ContainerConfig {
  return {
    version: 1,
    id,
    name: id.slice(0, 8),
    run: 1,
    hostname: `host-${id.slice(0, 4)}`,
    domainname: "",
    process: {
      args: ["sh", "-c", command],
      env: ["PATH=/bin"],
      cwd: "/",
      user: "",
      tty: false,
      openStdin: false,
      stdinOnce: false,
    },
    stopSignal: "SIGTERM",
    stopTimeoutSeconds: 10,
    hold: false,
    // The scratch disk has all files: an image without layers.
    rootfs: { image: { unit: units.image }, partitions: [], scratch: { unit: units.scratch } },
    mounts: [],
    networks: [],
    dns: { nameservers: [], search: [], options: [] },
    extraHosts: [],
    sandbox: {
      privileged: false,
      capAdd: [],
      capDrop: [],
      readOnlyRootfs: false,
      ulimits: [],
      sysctls: {},
      shmSizeBytes: 0,
      init: false,
      oomScoreAdj: 0,
      groupAdd: [],
      pidsLimit: 0,
    },
    log: { maxBytes: 0, maxFiles: 1 },
    control: { mac, address: "fe80::1", port: 2377, name: "test" },
    debug: 2,
  };
}

/** Makes both disks in `folder` of the datastore; returns the change that adds them and the control NIC. */
export async function containerDevices(datastore: string, folder: string, mac: string) {
  const target = join(datastore, folder);
  mkdirSync(target, { recursive: true });
  const root = mkdtempSync(join(tmpdir(), "vic-root-"));
  try {
    const names = ["bin", "etc", "proc", "sys", "dev", "tmp"];
    for (const name of names) mkdirSync(join(root, "upper", name), { recursive: true });
    mkdirSync(join(root, "work"));
    copyFileSync("/bin/busybox", join(root, "upper/bin/busybox"));
    for (const name of applets) symlinkSync("busybox", join(root, "upper/bin", name));
    const scratch = join(target, "scratch.vmdk");
    for (const [path, bytes] of [
      [join(target, "image.vmdk"), imageBytes],
      [scratch, scratchBytes],
    ] as const) {
      writeFileSync(path, "");
      truncateSync(path, bytes);
    }
    const made = await run(["mkfs.ext4", "-q", "-F", "-d", root, scratch]);
    if (made.code !== 0) throw new Error(`mkfs.ext4: ${made.stderr}`);
  } finally {
    rmSync(root, { recursive: true });
  }
  const add = (device: Record<string, unknown>) => ({ operation: "add", device });
  const disk = (name: string, unitNumber: number) =>
    add({
      _type: "VirtualDisk",
      key: -10 - unitNumber,
      capacityInKB: 0,
      controllerKey: 1000,
      unitNumber,
      backing: {
        _type: "VirtualDiskFlatVer2BackingInfo",
        fileName: `[datastore1] ${folder}/${name}.vmdk`,
        diskMode: "persistent",
      },
    });
  return [
    disk("image", units.image),
    disk("scratch", units.scratch),
    add({
      _type: "VirtualVmxnet3",
      key: -20,
      addressType: "manual",
      macAddress: mac,
      backing: { _type: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" },
    }),
  ];
}

/** A file that the container of a VM that is off has written. */
export async function writtenBy(datastore: string, folder: string, path: string): Promise<string> {
  const scratch = join(datastore, folder, "scratch.vmdk");
  const { stdout } = await run(["debugfs", "-R", `cat /upper${path}`, scratch]);
  return stdout;
}

import { afterEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { containerDevices, findDevices } from "./devices.ts";
import { readInRoot } from "./read-in-root.ts";
import { findDisk, findHost, partitionOf } from "./scsi.ts";
import { copyUp, tmpfsOptions } from "./volumes.ts";

let made: string[] = [];
afterEach(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
  made = [];
});

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), "vic-disk-"));
  made.push(folder);
  return folder;
}

test("disks are found by target, on the paravirtual controller first", () => {
  const sys = folderFor();
  for (const [host, driver] of [
    [0, "ahci"],
    [1, "virtio_scsi"],
    [2, "vmw_pvscsi"],
  ] as const) {
    mkdirSync(join(sys, `class/scsi_host/host${host}`), { recursive: true });
    writeFileSync(join(sys, `class/scsi_host/host${host}/proc_name`), `${driver}\n`);
  }
  mkdirSync(join(sys, "class/scsi_device/2:0:1:0/device/block/sdb"), { recursive: true });
  expect(findHost(sys)).toBe(2);
  expect(findDisk(2, 1, sys)).toBe("sdb");
  expect(findDisk(2, 0, sys)).toBeUndefined();
  expect(findHost(join(sys, "none"))).toBeUndefined();
  expect(partitionOf("/dev/sda", 3)).toBe("/dev/sda3");
  expect(partitionOf("/dev/nvme0n1", 3)).toBe("/dev/nvme0n1p3");
});

test("a container's links cannot lead out of it", () => {
  const root = folderFor();
  mkdirSync(join(root, "etc"));
  writeFileSync(join(root, "real"), "inside");
  symlinkSync("/real", join(root, "etc/passwd"));
  symlinkSync("../../../../etc/hostname", join(root, "etc/group"));
  expect(readInRoot(root, "/etc/passwd")).toBe("inside");
  expect(readInRoot(root, "/etc/group")).toBe("");
  expect(readInRoot(root, "/etc")).toBe("");
  expect(readInRoot(root, "/none")).toBe("");
});

test("an empty volume is filled from the image once", async () => {
  const [root, volume] = [folderFor(), folderFor()];
  mkdirSync(join(root, "data/sub"), { recursive: true });
  writeFileSync(join(root, "data/sub/f"), "image");
  mkdirSync(join(volume, "lost+found"));
  await copyUp(root, "/data", volume);
  expect(await Bun.file(join(volume, "sub/f")).text()).toBe("image");
  writeFileSync(join(root, "data/sub/f"), "changed");
  await copyUp(root, "/data", volume);
  expect(await Bun.file(join(volume, "sub/f")).text()).toBe("image");
  await copyUp(root, "/missing", folderFor());
});

test("a tmpfs is as closed as Docker's, unless it was asked to be open", () => {
  expect(tmpfsOptions([])).toEqual(["nosuid", "nodev", "noexec"]);
  expect(tmpfsOptions(["exec", "size=1m", "rw"])).toEqual(["nosuid", "nodev", "size=1m"]);
  expect(tmpfsOptions(["noexec", "dev", "suid"])).toEqual(["noexec"]);
});

test("devices for a privileged container", () => {
  const folder = folderFor();
  writeFileSync(join(folder, "file"), "");
  expect(findDevices(folder)).toEqual([]);
  const names = findDevices("/dev").map((device) => device.path);
  expect(names).not.toContain("/dev/null");
  expect(names.some((name) => name.startsWith("/dev/pts/"))).toBeFalse();
});

describe("devices", () => {
  const device = (source: string, destination = source) => ({ source, destination, access: "rw" });
  const source = (load: (modules: string[]) => Promise<void> = async () => {}) => {
    return { folder: "/dev", devname: "# comment\nnodes no/such c10:200\n", load };
  };
  const given = (devices: ReturnType<typeof device>[], privileged = false) =>
    containerDevices({ privileged, devices }, source());

  test("those that are named, under other names too, and all below a folder", async () => {
    const [zero, copy] = await given([device("/dev/zero"), device("/dev/zero", "/dev/nothing")]);
    expect(zero).toMatchObject({ path: "/dev/zero", type: "c", major: 1, minor: 5, access: "rw" });
    expect(copy).toEqual({ ...zero!, path: "/dev/nothing" });
    const folder = folderFor();
    expect(await given([device(folder)])).toEqual([]);
  });

  test("a module is loaded for one that is not there", async () => {
    const loaded: string[][] = [];
    const load = async (modules: string[]) => void loaded.push(modules);
    const asked = containerDevices(
      { privileged: false, devices: [device("/dev/no/such")] },
      source(load),
    );
    await expect(asked).rejects.toThrow('custom device "/dev/no/such": no such file or directory');
    expect(loaded).toEqual([["nodes"]]);
    await expect(given([device("/etc/passwd")])).rejects.toThrow("not a device node");
  });

  test("privileged: everything, also what comes to be when it is opened, and what is named", async () => {
    const all = await given([device("/dev/zero", "/dev/nothing")], true);
    const byPath = new Map(all.map((one) => [one.path, one]));
    expect(byPath.get("/dev/no/such")).toMatchObject({ type: "c", major: 10, minor: 200 });
    expect(byPath.get("/dev/nothing")).toMatchObject({ major: 1, minor: 5 });
    expect(byPath.size).toBe(all.length);
    expect(byPath.has("/dev/kvm")).toBe(existsSync("/dev/kvm"));
  });
});

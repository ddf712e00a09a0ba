import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Identity } from "./identity.ts";

/**
 * How long the probe guest may take. It takes 0.15 s under emulation; where KVM is there in name only (nested in
 * a machine that emulates it) 3 s and more, and a kernel never comes up.
 */
const deadlineMs = 1_500;
/** The smallest disk that SeaBIOS boots from, rounded up. */
const diskBytes = 1024 * 1024;
const exitPort = 0x501;
/** What the guest writes to {@link exitPort}; QEMU's debug exit device makes 2n + 1 of it. */
const exitValue = 0x10;
const exitCodeExpected = exitValue * 2 + 1;

/** A boot sector that waits for two timer interrupts and then writes to the exit port. */
const bootSector = [
  [0x31, 0xc0], // xor ax, ax
  [0x8e, 0xd8], // mov ds, ax
  [0xfb], // sti
  [0xa1, 0x6c, 0x04], // mov ax, [0x46c]    ticks counted by the BIOS
  [0x83, 0xc0, 0x02], // add ax, 2
  [0xf4], // wait: hlt
  [0x3b, 0x06, 0x6c, 0x04], // cmp ax, [0x46c]
  [0x77, 0xf9], // ja wait
  [0xba, exitPort & 0xff, exitPort >> 8], // mov dx, exitPort
  [0xb0, exitValue], // mov al, exitValue
  [0xee], // out dx, al
  [0xf4], // hlt
].flat();

/** Boots a tiny guest with KVM as the user that VMs run as; only a guest that really ran makes the answer "kvm". */
export async function probeKvm(
  program: string,
  dataDir: string,
  identity: Identity,
): Promise<{ name: "kvm" | "tcg"; reason: string }> {
  const no = (reason: string) => ({ name: "tcg" as const, reason });
  if (process.platform !== "linux") return no("KVM is only on Linux");
  // One name: what a vic-host that was killed left is removed by the next.
  const folder = join(dataDir, "probe");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  try {
    const disk = Buffer.alloc(diskBytes);
    disk.set(bootSector);
    disk.writeUInt16LE(0xaa55, 510);
    const path = join(folder, "disk");
    await writeFile(path, disk, { mode: 0o600 });
    identity.allow(path, "read");
    return await boot(program, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  async function boot(emulator: string, path: string) {
    const drive = { driver: "raw", "node-name": "disk", file: { driver: "file", filename: path } };
    const options = [
      ["-M", "q35", "-accel", "kvm", "-cpu", "host", "-m", "32"],
      ["-nodefaults", "-no-user-config", "-display", "none"],
      ["-blockdev", JSON.stringify({ ...drive, "read-only": true })],
      ["-device", "virtio-blk-pci,drive=disk"],
      ["-device", `isa-debug-exit,iobase=${exitPort},iosize=1`],
    ];
    const child = Bun.spawn(identity.command(emulator, options.flat()), {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      timeout: deadlineMs,
      killSignal: "SIGKILL",
    });
    const output = await child.stderr.text();
    const exitCode = await child.exited;
    if (exitCode === exitCodeExpected) return { name: "kvm" as const, reason: "" };
    if (child.signalCode === "SIGKILL") {
      return no(`KVM is there, but a guest does not run with it within ${deadlineMs} ms`);
    }
    const [line = `QEMU ended with ${exitCode}`] = output.trim().split("\n");
    return no(`KVM cannot be used: ${line.replace(/^\S*qemu-system-\S+: /, "")}`);
  }
}

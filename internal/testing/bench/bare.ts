import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bin, run } from "../stand/stand.ts";

const powerOff = `
#include <unistd.h>
#include <sys/reboot.h>
int main(void) { reboot(RB_POWER_OFF); for (;;) pause(); }
`;

async function must(command: string[], cwd: string): Promise<void> {
  const done = await run(command, { cwd });
  if (done.code !== 0) throw new Error(`${command[0]}: ${done.stderr}`);
}

/**
 * Prepares the lower bound of any VM start: the kernel of bootstrap.iso with an init that powers off at once.
 * Returns a function that boots it and resolves with the seconds from QEMU's start to its end.
 */
export async function bareBoot(dir: string): Promise<() => Promise<number>> {
  mkdirSync(join(dir, "initrd/dev"), { recursive: true });
  writeFileSync(join(dir, "init.c"), powerOff);
  await must(["gcc", "-static", "-Os", "-o", "initrd/init", "init.c"], dir);
  await must(
    ["sh", "-c", "cd initrd && find . | busybox cpio -o -H newc 2>/dev/null > ../initrd.img"],
    dir,
  );
  const extract = [
    "-osirrox",
    "on",
    "-indev",
    bin("bootstrap.iso"),
    "-extract",
    "/boot/vmlinux",
    "vmlinux",
  ];
  await must(["xorriso", ...extract], dir);
  const machine = ["-M", "q35", "-nodefaults", "-no-user-config", "-display", "none", "-m", "512"];
  const boot = ["-kernel", "vmlinux", "-initrd", "initrd.img", "-append", "quiet rdinit=/init"];
  return async () => {
    const start = performance.now();
    await must(["qemu-system-x86_64", ...machine, "-cpu", "max", ...boot], dir);
    return (performance.now() - start) / 1000;
  };
}

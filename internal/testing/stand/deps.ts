/** `make deps`: installs the Debian packages that are missing, or says how. */
import { existsSync } from "node:fs";

/** Debian package -> a file it brings, by which we see that it is there. */
const packages: Record<string, string> = {
  "qemu-system-x86": "/usr/bin/qemu-system-x86_64",
  "qemu-utils": "/usr/bin/qemu-img",
  seabios: "/usr/share/seabios/bios-256k.bin",
  xorriso: "/usr/bin/xorriso",
  mmdebstrap: "/usr/bin/mmdebstrap",
  binutils: "/usr/bin/objcopy",
  "xz-utils": "/usr/bin/xz",
  "debian-archive-keyring": "/usr/share/keyrings/debian-archive-keyring.gpg",
  gcc: "/usr/bin/gcc",
  "libc6-dev": "/usr/include/stdio.h",
  "grub-common": "/usr/bin/grub-mkimage",
  "grub-pc-bin": "/usr/lib/grub/i386-pc/cdboot.img",
  "grub-efi-amd64-bin": "/usr/lib/grub/x86_64-efi/normal.mod",
  mtools: "/usr/bin/mcopy",
  fdisk: "/usr/sbin/sfdisk",
  e2fsprogs: "/usr/sbin/mkfs.ext4",
  // Not /bin/busybox: the package busybox, which is linked dynamically, has that too.
  "busybox-static": "/usr/share/doc/busybox-static/copyright",
  "docker-registry": "/usr/bin/docker-registry",
  "ca-certificates": "/usr/sbin/update-ca-certificates",
  git: "/usr/bin/git",
  openssl: "/usr/bin/openssl",
  "openssh-client": "/usr/bin/ssh",
};

async function output(command: string[]): Promise<string> {
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "ignore" });
  const text = await child.stdout.text();
  await child.exited;
  return text;
}

async function run(command: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const child = Bun.spawn(command, { env, stdout: "ignore", stderr: "inherit" });
  if ((await child.exited) !== 0) {
    console.error(`${command.join(" ")} failed; see above`);
    process.exit(1);
  }
}

const missing = Object.keys(packages).filter((name) => !existsSync(packages[name]!));
if (Bun.which("docker") === null) {
  const names = await output(["apt-cache", "pkgnames", "docker-cli"]);
  missing.push(names.split("\n").includes("docker-cli") ? "docker-cli" : "docker.io");
}
if (missing.length > 0) {
  const line = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0) {
    console.error(`Debian packages are missing. Run this once as root:\n  ${line}`);
    process.exit(1);
  }
  console.log(`Installing ${missing.join(" ")}`);
  await run(["apt-get", "update", "-qq"]);
  await run(line.split(" "));
}

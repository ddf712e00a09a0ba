/** The ISO around kernel, initrd and root: starts by BIOS, by EFI, and straight from its files. */
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Recipe } from "./recipes.ts";
import { run } from "./run.ts";

/**
 * Work of the kernel's start that a guest has no use for; 0.4 s of 1.5 s under emulation. The certificates
 * only check module signatures, which ours do not carry; the others test random numbers and publish BPF types.
 */
const skippedInitcalls = [
  "load_system_certificate_list",
  "jent_mod_init",
  "bpf_tcp_ca_kfunc_init",
  "bpf_dummy_struct_ops_init",
];

/**
 * Kernel command line; never an identity. RCU is expedited because module loading waits for grace
 * periods; a panicking guest starts over, which its host sees as a reset.
 */
export const commandLine = [
  "console=ttyS0 quiet panic=-1 random.trust_cpu=on",
  "rcupdate.rcu_expedited=1 cryptomgr.notests 8250.nr_uarts=2",
  `initcall_blacklist=${skippedInitcalls.join(",")}`,
].join(" ");

/** Files of the ISO that {@link makeIso} puts together. */
export interface IsoParts {
  vmlinux: string;
  vmlinuz: string;
  initrd: string;
  rootfs: string;
  /** Folder made by {@link makeLoaders}. */
  loaders: string;
  /** Last word of the publisher field, where an installer looks for it. */
  version: string;
}

const modules = ["iso9660", "linux", "normal", "search", "search_label", "serial"];

/** GRUB for BIOS (El Torito) and EFI (in a FAT image), with its whole configuration built in. */
export async function makeLoaders(recipe: Recipe, folder: string): Promise<void> {
  const config = join(folder, "early.cfg");
  const lines = [
    `search --no-floppy --label ${recipe.volume} --set=root`,
    `linux /boot/vmlinuz console=tty0 ${commandLine}`,
    "initrd /boot/initrd.img",
    "boot",
  ];
  await Bun.write(config, `${lines.join("\n")}\n`);
  const image = async (format: string, name: string, extra: string[]): Promise<string> => {
    const target = join(folder, name);
    const options = ["--format", format, "--prefix", "/boot/grub", "--config", config];
    await run(["grub-mkimage", ...options, "--output", target, ...modules, ...extra]);
    return target;
  };
  await image("i386-pc-eltorito", "bios.img", ["biosdisk"]);
  const program = await image("x86_64-efi", "bootx64.efi", ["part_gpt", "fat"]);
  const fat = join(folder, "efi.img");
  const kib = Math.ceil(Bun.file(program).size / 1024) + 256;
  await run(["mformat", "-i", fat, "-C", "-T", String(kib * 2), "-h", "2", "-s", "36", "::"]);
  await run(["mmd", "-i", fat, "::/EFI", "::/EFI/BOOT"]);
  await run(["mcopy", "-i", fat, program, "::/EFI/BOOT/BOOTX64.EFI"]);
}

/** Writes the ISO. vic-host reads boot/direct.json and starts that kernel without a boot loader. */
export async function makeIso(recipe: Recipe, parts: IsoParts, target: string): Promise<void> {
  const folder = `${target}.files`;
  await mkdir(folder, { recursive: true });
  const direct = join(folder, "direct.json");
  const description = { kernel: "boot/vmlinux", initrd: "boot/initrd.img", cmdline: commandLine };
  await Bun.write(direct, JSON.stringify(description));
  const files = {
    "/boot/direct.json": direct,
    "/boot/vmlinux": parts.vmlinux,
    "/boot/vmlinuz": parts.vmlinuz,
    "/boot/initrd.img": parts.initrd,
    "/boot/grub/bios.img": join(parts.loaders, "bios.img"),
    "/boot/grub/efi.img": join(parts.loaders, "efi.img"),
    "/rootfs.erofs": parts.rootfs,
  };
  const bios = ["-b", "boot/grub/bios.img", "-no-emul-boot", "-boot-load-size", "4"];
  bios.push("-boot-info-table", "-c", "boot/grub/boot.cat");
  const efi = ["-eltorito-alt-boot", "-e", "boot/grub/efi.img", "-no-emul-boot"];
  const format = ["-as", "mkisofs", "-quiet", "-R", "-iso-level", "3", "-V", recipe.volume];
  const grafts = Object.entries(files).map(([path, source]) => `${path}=${source}`);
  await run(["xorriso", ...format, ...bios, ...efi, "-o", target, "-graft-points", ...grafts]);
  await run(["rm", "-r", folder]);
  await writePublisher(target, `VIC ${parts.version}`);
}

/** Where the primary volume descriptor has its publisher, and how long that is. */
const publisherField = { offset: 16 * 2048 + 318, bytes: 128 };

/** xorriso would write it in capitals. */
async function writePublisher(iso: string, publisher: string): Promise<void> {
  const field = Buffer.alloc(publisherField.bytes, " ");
  field.write(publisher, "latin1");
  const file = await open(iso, "r+");
  await file.write(field, 0, field.length, publisherField.offset);
  await file.close();
}

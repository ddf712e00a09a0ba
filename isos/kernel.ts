/** The kernel of both ISOs: Debian's cloud kernel, and the modules a guest can have a use for. */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { VicError } from "../internal/errors/errors.ts";
import { resolveModules, type Module } from "./modules.ts";
import type { Recipe } from "./recipes.ts";
import { run } from "./run.ts";

/** Offsets in the boot protocol header of a bzImage (Documentation/arch/x86/boot.rst). */
const header = { setupSectors: 0x1f1, magic: 0x202, payloadOffset: 0x248, payloadLength: 0x24c };

/**
 * The ELF kernel inside a zstd-compressed bzImage. It has the PVH entry point, so QEMU starts it as it
 * is: unpacking itself would cost it 0.3 to 3 s under emulation.
 */
export function extractVmlinux(bzImage: Uint8Array): Uint8Array {
  const view = new DataView(bzImage.buffer, bzImage.byteOffset, bzImage.byteLength);
  if (view.getUint32(header.magic) !== 0x48647253)
    throw new VicError("damaged", "the kernel image is not a bzImage");
  const start =
    (view.getUint8(header.setupSectors) + 1) * 512 + view.getUint32(header.payloadOffset, true);
  const payload = bzImage.subarray(start, start + view.getUint32(header.payloadLength, true));
  // The kernel's build appends the unpacked size, four bytes, to the zstd frame.
  const elf = Bun.zstdDecompressSync(payload.subarray(0, payload.length - 4));
  if (elf.readUInt32BE(0) !== 0x7f454c46)
    throw new VicError("damaged", "the kernel image holds no ELF file");
  return elf;
}

/** Makes vmlinuz, vmlinux and all modules, unpacked, in `folder` from the tools root. */
export async function makeKernel(tools: string, folder: string): Promise<void> {
  const boot = join(tools, "boot");
  const name = (await readdir(boot)).find((entry) => entry.startsWith("vmlinuz-"));
  if (name === undefined) throw new VicError("not-found", "the kernel package holds no vmlinuz");
  const image = await Bun.file(join(boot, name)).bytes();
  await Bun.write(join(folder, "vmlinuz"), image);
  await Bun.write(join(folder, "vmlinux"), extractVmlinux(image));
  const release = name.slice("vmlinuz-".length);
  await Bun.write(join(folder, "release"), release);
  const modules = join(folder, "lib/modules");
  await mkdir(modules, { recursive: true });
  await run(["cp", "-r", join(tools, "usr/lib/modules", release), modules]);
  // Loading an xz-compressed module costs an emulated guest tens of milliseconds; EROFS compresses anyway.
  const packed = await Array.fromAsync(
    new Bun.Glob("**/*.ko.xz").scan({ cwd: modules, absolute: true }),
  );
  await run(["xz", "--decompress", ...packed]);
  // Checking its signature and parsing its type information is most of what loading a module costs there.
  const sections = ["--remove-section=.BTF", "--remove-section=.BTF.base", "--strip-debug"];
  for (const path of packed) await run(["objcopy", ...sections, path.replace(/\.xz$/, "")]);
}

/** What a recipe keeps of the modules. */
export interface KernelParts {
  release: string;
  vmlinux: string;
  vmlinuz: string;
  /** Loaded by the initrd, in order. */
  bootModules: Module[];
  /** Folder `lib/modules` to put below /usr, with the indexes modprobe reads. */
  modulesFolder: string;
}

/** Selects a recipe's modules and indexes them in `folder`. */
export async function selectModules(
  kernel: string,
  tools: string,
  recipe: Recipe,
  folder: string,
): Promise<void> {
  const release = await Bun.file(join(kernel, "release")).text();
  const source = join(kernel, "lib/modules", release);
  const { boot, all } = await resolveModules(source, recipe.bootModules, recipe.laterModules);
  const target = join(folder, "lib/modules", release);
  for (const module of all) {
    await Bun.write(join(target, module.path), Bun.file(join(source, module.path)));
  }
  for (const index of ["modules.order", "modules.builtin", "modules.builtin.modinfo"])
    await Bun.write(join(target, index), Bun.file(join(source, index)));
  await runTool(tools, "usr/bin/kmod", "depmod", ["-b", folder, release]);
  await Bun.write(join(folder, "boot.json"), JSON.stringify(boot));
}

/** Reads back what {@link makeKernel} and {@link selectModules} made. */
export async function readKernel(kernel: string, modules: string): Promise<KernelParts> {
  return {
    release: await Bun.file(join(kernel, "release")).text(),
    vmlinux: join(kernel, "vmlinux"),
    vmlinuz: join(kernel, "vmlinuz"),
    bootModules: await Bun.file(join(modules, "boot.json")).json(),
    modulesFolder: join(modules, "lib/modules"),
  };
}

/**
 * Runs a program out of the tools root with that root's own loader and libraries: it is a newer release
 * than the machine's, and nobody needs to be root as for chroot.
 */
export async function runTool(
  tools: string,
  path: string,
  name: string,
  args: string[],
  stdin?: ReadableStream<Uint8Array>,
): Promise<string> {
  const libraries = join(tools, "usr/lib/x86_64-linux-gnu");
  const loader = join(libraries, "ld-linux-x86-64.so.2");
  const argv = [loader, "--argv0", name, "--library-path", libraries, join(tools, path), ...args];
  return await run(argv, stdin === undefined ? {} : { stdin });
}

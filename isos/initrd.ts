/** The initrd: a static init, the modules it loads, and nothing else. */
import { basename, join } from "node:path";
import { cpio, type CpioEntry } from "./cpio.ts";
import type { KernelParts } from "./kernel.ts";
import type { Recipe } from "./recipes.ts";
import { run } from "./run.ts";

/** Compiles init.c to `folder`/init. */
export async function compileInit(folder: string): Promise<void> {
  const flags = ["-static", "-Os", "-s", "-Wall", "-Wextra", "-Werror"];
  await run(["gcc", ...flags, "-o", join(folder, "init"), join(import.meta.dir, "init.c")]);
}

/**
 * The initrd's bytes. Not compressed: the kernel copies 10 ms per MB under emulation, and unpacking a
 * compressed one costs more than reading the few MB it would save.
 */
export async function makeInitrd(
  kernel: KernelParts,
  recipe: Recipe,
  init: string,
): Promise<Uint8Array> {
  const folders = ["dev", "proc", "sys", "modules", "lower", "rw", "root"];
  const text = (path: string, content: string): CpioEntry => {
    return { path, kind: "file", mode: 0o644, content: Buffer.from(content) };
  };
  const entries: CpioEntry[] = [
    ...folders.map((path): CpioEntry => ({ path, kind: "folder", mode: 0o755 })),
    // The kernel opens it for init before anything is mounted.
    { path: "dev/console", kind: "character-device", mode: 0o600, major: 5, minor: 1 },
    { path: "init", kind: "file", mode: 0o755, content: await Bun.file(init).bytes() },
    text("volume", recipe.volume),
    text("argv", recipe.argv.join("\n")),
    text("modules/order", kernel.bootModules.map((m) => `${basename(m.path)}\n`).join("")),
  ];
  for (const module of kernel.bootModules) {
    const file = join(kernel.modulesFolder, kernel.release, module.path);
    const content = await Bun.file(file).bytes();
    entries.push({ path: `modules/${basename(module.path)}`, kind: "file", mode: 0o644, content });
  }
  return cpio(entries);
}

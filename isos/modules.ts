/** Which module needs which, read from the modules themselves. */
import { basename, join } from "node:path";
import { VicError } from "../internal/errors/errors.ts";

/** One kernel module. */
export interface Module {
  /** Name as in `lsmod`. */
  name: string;
  /** Below /lib/modules/<release>. */
  path: string;
}

/** Values of one tag in a module's .modinfo section: NUL-terminated `tag=value` strings. */
export function modinfo(file: Uint8Array, tag: string): string[] {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const needle = Buffer.from(`\0${tag}=`, "latin1");
  const values: string[] = [];
  for (let at = buffer.indexOf(needle); at >= 0; at = buffer.indexOf(needle, at + 1)) {
    const start = at + needle.length;
    values.push(buffer.toString("latin1", start, buffer.indexOf(0, start)));
  }
  return values;
}

/** `boot` in load order and everything selected, both with what they depend on. */
export async function resolveModules(
  root: string,
  bootNames: string[],
  laterPaths: string[],
): Promise<{ boot: Module[]; all: Module[] }> {
  const byName = new Map<string, Module>();
  for await (const path of new Bun.Glob("**/*.ko").scan({ cwd: root })) {
    const name = nameOf(path);
    byName.set(name, { name, path });
  }
  const wanted = new Map<string, Module>();
  const visit = async (name: string): Promise<void> => {
    if (wanted.has(name)) return;
    const module = byName.get(name);
    // What another module names but the kernel package lacks is built in.
    if (module === undefined) return;
    const file = await Bun.file(join(root, module.path)).bytes();
    const needs = modinfo(file, "depends").flatMap((list) => list.split(",").filter(Boolean));
    const soft = modinfo(file, "softdep").flatMap(
      (list) => /\bpre: *([^:]*?)(?: post:|$)/.exec(list)?.[1]?.split(" ").filter(Boolean) ?? [],
    );
    for (const need of [...needs, ...soft]) await visit(nameOf(need));
    wanted.set(name, module);
  };
  for (const name of bootNames) {
    if (!byName.has(nameOf(name))) throw new VicError("not-found", `no kernel module ${name}`);
    await visit(nameOf(name));
  }
  const boot = [...wanted.values()];
  for (const path of laterPaths) {
    const found = [...byName.values()].filter((m) => m.path.startsWith(`kernel/${path}`));
    if (found.length === 0) throw new VicError("not-found", `no kernel module below ${path}`);
    for (const module of found) await visit(module.name);
  }
  return { boot, all: [...wanted.values()] };
}

function nameOf(path: string): string {
  return basename(path).replace(/\.ko$/, "").replaceAll("-", "_");
}

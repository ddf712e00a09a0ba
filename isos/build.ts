/**
 * Builds `bin/appliance.iso` or `bin/bootstrap.iso`.
 *
 * @example bun isos/build.ts bootstrap --version v2.0.0-17-1a2b3c4
 */
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { VicError } from "../internal/errors/errors.ts";
import { versionString } from "../internal/version/version.ts";
import { compileInit, makeInitrd } from "./initrd.ts";
import { commandLine, makeIso, makeLoaders } from "./iso.ts";
import { makeKernel, readKernel, selectModules } from "./kernel.ts";
import { aptSources, pruneAlways, recipes, toolPackages, type Recipe } from "./recipes.ts";
import { composeBase, downloadPackages, makeImage, unpackTools } from "./rootfs.ts";
import { hashFile, stage } from "./stage.ts";

const binFolder = join(import.meta.dir, "..", "bin");

/** Makes the ISO of `recipe` around the program `binary` and returns its path. */
async function buildIso(recipe: Recipe, binary: string, version: string): Promise<string> {
  const source = (name: string): Promise<string> => hashFile(join(import.meta.dir, name));
  const [kernelSource, modulesSource, rootfsSource, initSource, isoSource] = await Promise.all(
    ["kernel.ts", "modules.ts", "rootfs.ts", "init.c", "iso.ts"].map(source),
  );
  const tools = await stage("tools", [aptSources, toolPackages], (folder) =>
    unpackTools(toolPackages, folder),
  );
  const kernel = await stage("kernel", [tools.key, kernelSource], (folder) =>
    makeKernel(tools.folder, folder),
  );
  const { name, bootModules, laterModules, packages, prune } = recipe;
  const modules = await stage(
    `${name}-modules`,
    [kernel.key, modulesSource, bootModules, laterModules],
    (folder) => selectModules(kernel.folder, tools.folder, recipe, folder),
  );
  const parts = await readKernel(kernel.folder, modules.folder);
  const download = await stage(`${name}-packages`, [aptSources, packages], (folder) =>
    downloadPackages(packages, join(folder, "packages.tar")),
  );
  const base = await stage(
    `${name}-base`,
    [download.key, modules.key, rootfsSource, pruneAlways, prune],
    (folder) => {
      const archive = join(download.folder, "packages.tar");
      const inputs = { recipe, packages: archive, modules: parts.modulesFolder };
      return composeBase(inputs, join(folder, "base.tar"));
    },
  );
  const init = await stage("init", [initSource], compileInit);
  const loaders = await stage(
    `${name}-loaders`,
    [recipe.volume, commandLine, isoSource],
    (folder) => makeLoaders(recipe, folder),
  );
  // The binary changes with nearly every build: these two are made each time.
  const target = join(binFolder, `${name}.iso`);
  const rootfs = `${target}.rootfs`;
  const initrd = `${target}.initrd`;
  const program = { source: binary, path: recipe.binary.path };
  await makeImage(join(base.folder, "base.tar"), program, tools.folder, rootfs);
  await Bun.write(initrd, await makeInitrd(parts, recipe, join(init.folder, "init")));
  const { vmlinux, vmlinuz } = parts;
  const files = { vmlinux, vmlinuz, initrd, rootfs, loaders: loaders.folder, version };
  await makeIso(recipe, files, `${target}.partial`);
  await rename(`${target}.partial`, target);
  const sizes = [target, rootfs, initrd].map((path) => Bun.file(path).size / 1e6);
  console.log(
    `${target}: ${sizes[0]!.toFixed(1)} MB (root ${sizes[1]!.toFixed(1)}, initrd ${sizes[2]!.toFixed(1)})`,
  );
  await Promise.all([rootfs, initrd].map((path) => Bun.file(path).delete()));
  return target;
}

const { values, positionals } = parseArgs({
  options: { version: { type: "string" }, binary: { type: "string" } },
  allowPositionals: true,
});
const [name] = positionals;
if (name !== "appliance" && name !== "bootstrap")
  throw new VicError("invalid", "usage: bun isos/build.ts appliance|bootstrap");
const recipe = recipes[name];
await mkdir(binFolder, { recursive: true });
await buildIso(
  recipe,
  values.binary ?? join(binFolder, recipe.binary.source),
  values.version ?? process.env["VIC_VERSION_STRING"] ?? versionString,
);

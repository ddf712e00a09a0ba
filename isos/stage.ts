import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** Folder that holds what the stages made; removing it makes everything anew. */
const buildFolder = join(import.meta.dir, "..", "build", "isos");

/** What a stage made, and the key its successors put among their inputs. */
export interface Stage {
  folder: string;
  key: string;
}

/**
 * Runs `make` in a new folder unless the same inputs were built before. A stage that fails or is
 * killed leaves nothing that looks finished; older results of a stage of this name are removed.
 *
 * @example
 * const kernel = await stage("kernel", [packages], (folder) => extractKernel(folder));
 */
export async function stage(
  name: string,
  inputs: unknown[],
  make: (folder: string) => Promise<void>,
  root = buildFolder,
): Promise<Stage> {
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
  const folder = join(root, `${name}-${key}`);
  if (existsSync(folder)) return { folder, key };
  const started = performance.now();
  await mkdir(root, { recursive: true });
  for (const entry of await readdir(root))
    if (entry.startsWith(`${name}-`)) await rm(join(root, entry), { recursive: true });
  const partial = join(root, `partial-${process.pid}-${name}`);
  await mkdir(partial);
  try {
    await make(partial);
    await rename(partial, folder);
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    throw cause;
  }
  console.log(`${name}: made in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return { folder, key };
}

/** SHA-256 of a file's content, for a stage's inputs. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of Bun.file(path).stream()) hash.update(chunk);
  return hash.digest("hex");
}

import { link, rm } from "node:fs/promises";
import type { Datastores } from "../../../storage/datastores.ts";

/** Gives a saved state a second name; state files are never written again. */
export async function copyState(datastores: Datastores, from: string, to: string): Promise<void> {
  const { places } = datastores;
  const target = places.parse(to).absolute;
  await rm(target, { force: true });
  await link(places.parse(from).absolute, target);
}

/** Deletes files that may or may not be there. */
export async function removeFiles(datastores: Datastores, paths: string[]): Promise<void> {
  for (const path of paths) await rm(datastores.places.parse(path).absolute, { force: true });
}

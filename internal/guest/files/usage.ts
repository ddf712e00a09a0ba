/** How much a container's own changes take: the sizes of its files, as Docker counts SizeRw. */
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";

/**
 * Bytes of everything below a folder but folders themselves; a file with several names counts once. What disappears
 * meanwhile does not count.
 */
export async function usedBytes(folder: string): Promise<number> {
  const linked = new Set<string>();
  const open = [folder];
  let total = 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    try {
      for await (const entry of await opendir(path)) {
        const inside = join(path, entry.name);
        if (entry.isDirectory()) {
          open.push(inside);
          continue;
        }
        const stat = await lstat(inside);
        if (stat.nlink > 1) {
          const inode = `${stat.dev}:${stat.ino}`;
          if (linked.has(inode)) continue;
          linked.add(inode);
        }
        total += stat.size;
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    }
  }
  return total;
}

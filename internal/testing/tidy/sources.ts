import { Glob } from "bun";
import { dirname, join, normalize } from "node:path";

/** Root of the repository. */
export const root = join(import.meta.dir, "../../..");

/** One TypeScript file of the repository. */
export interface Source {
  /** Relative to the root, with slashes. */
  path: string;
  text: string;
  lines: string[];
  /** Relative imports, resolved to paths relative to the root. */
  imports: string[];
  isTest: boolean;
}

const importPattern = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Every .ts file below the source folders. */
export async function readSources(): Promise<Source[]> {
  const sources: Source[] = [];
  for await (const path of new Glob("{cmd,internal,tether,isos}/**/*.ts").scan(root)) {
    const text = await Bun.file(join(root, path)).text();
    const imports = [...text.matchAll(importPattern)].map((m) =>
      normalize(join(dirname(path), m[1]!)),
    );
    const isTest = path.endsWith(".test.ts") || path.startsWith("internal/testing/");
    sources.push({ path, text, lines: text.trimEnd().split("\n"), imports, isTest });
  }
  return sources.toSorted((a, b) => a.path.localeCompare(b.path));
}

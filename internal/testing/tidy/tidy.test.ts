import { describe, expect, test } from "bun:test";
import { layers, leaves } from "./layers.ts";
import { readSources, type Source } from "./sources.ts";

const linesMax = 400;
const sources = await readSources();
const product = sources.filter((s) => !s.isTest);

/** `path:line` of every line of these files that matches. */
function hits(files: Source[], pattern: RegExp): string[] {
  return files.flatMap((s) =>
    s.lines.flatMap((line, i) =>
      pattern.test(line) ? [`${s.path}:${i + 1}: ${line.trim()}`] : [],
    ),
  );
}

const isIn = (path: string, folder: string) => path.startsWith(`${folder}/`);

describe("tidy", () => {
  test("imports go downwards only", () => {
    const wrong: string[] = [];
    for (const source of product) {
      const layer = layers.find((l) => isIn(source.path, l.folder));
      if (!layer) {
        wrong.push(`${source.path}: belongs to no layer`);
        continue;
      }
      const allowed = [layer.folder, ...layer.may, ...leaves];
      for (const target of source.imports) {
        if (!allowed.some((f) => isIn(target, f))) wrong.push(`${source.path} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("every file is used", () => {
    const imported = new Set(sources.flatMap((s) => s.imports));
    const isEntry = (s: Source) =>
      s.path.endsWith("/main.ts") || s.path === "isos/build.ts" || s.isTest;
    expect(product.filter((s) => !isEntry(s) && !imported.has(s.path)).map((s) => s.path)).toEqual(
      [],
    );
  });

  test("every export says what it is", () => {
    const wrong: string[] = [];
    for (const source of product) {
      source.lines.forEach((line, i) => {
        if (!/^export (async )?(function|class|interface|type (?!\{)|const|abstract)/.test(line))
          return;
        const isForLint = source.lines[i - 1]?.startsWith("// oxlint-disable-next-line");
        const before = source.lines[i - (isForLint ? 2 : 1)]?.trim() ?? "";
        const isOverload = /^export (async )?function \w+.*;$/.test(before);
        if (!before.endsWith("*/") && !isOverload) wrong.push(`${source.path}:${i + 1}: ${line}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test("a file of more than 400 lines says at its top why", () => {
    const long = sources.filter(
      (s) => s.lines.length > linesMax && !/long because/i.test(s.lines.slice(0, 15).join(" ")),
    );
    expect(long.map((s) => `${s.path}: ${s.lines.length}`)).toEqual([]);
  });

  test("nothing is left for later", () => {
    // Spelt so that this file does not match itself.
    const pattern = /(TO[D]O|FIX[M]E|X[X]X)/;
    expect(hits(sources, pattern)).toEqual([]);
  });

  test("tests do not sleep and none is switched off", () => {
    const tests = sources.filter((s) => s.path.endsWith(".test.ts"));
    const own = tests.filter((s) => !s.path.startsWith("internal/testing/tidy/"));
    expect(
      hits(own, /^(?!.*(while|if) \().*Bun\.sleep|\b(test|describe|it)\.(skip|todo|only)\(/),
    ).toEqual([]);
  });

  test("only vic-host knows QEMU", () => {
    const knowing = ["internal/host", "cmd/vic-host", "isos"];
    const others = product.filter((s) => !knowing.some((folder) => isIn(s.path, folder)));
    expect(hits(others, /^(?!\s*(\*|\/\/|\/\*)).*qemu/i)).toEqual([]);
  });
});

const gap = 2;

/** Rows as lines with aligned columns. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => Bun.stringWidth(row[i] ?? ""))),
  );
  const cell = (text: string, i: number) =>
    text + " ".repeat(widths[i]! - Bun.stringWidth(text) + gap);
  return rows.map((row) => `${row.map(cell).join("").trimEnd()}\n`).join("");
}

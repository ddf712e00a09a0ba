import type { EndpointName } from "./endpoints.ts";
import { type Case, caseId } from "./suite.ts";

/** How one case went at one endpoint. */
export type Outcome = "pass" | "differs" | "FAIL" | "-";

/** The outcomes of a run, and how they are shown. */
export class Table {
  readonly #columns: readonly EndpointName[];
  readonly #rows = new Map<string, Map<EndpointName, Outcome>>();

  constructor(columns: readonly EndpointName[]) {
    this.#columns = columns;
  }

  set(of: Case, endpoint: EndpointName, outcome: Outcome): void {
    const id = caseId(of);
    const row = this.#rows.get(id) ?? new Map<EndpointName, Outcome>();
    this.#rows.set(id, row.set(endpoint, outcome));
  }

  /** Cases x endpoints, a line of sums last; `-` is a case the endpoint is not asked. */
  text(): string {
    const rows = [...this.#rows].map(([id, row]) => [
      id,
      ...this.#columns.map((column) => row.get(column) ?? "-"),
    ]);
    const sums = this.#columns.map((_, i) => {
      const passed = rows.filter((row) => row[i + 1] === "pass").length;
      const differs = rows.filter((row) => row[i + 1] === "differs").length;
      return `${passed} / ${differs}`;
    });
    const lines = [["case", ...this.#columns], ...rows, ["passed / differs", ...sums]];
    const widths = ["case", ...this.#columns].map((_, i) =>
      Math.max(...lines.map((line) => line[i]!.length)),
    );
    return lines
      .map((line) => line.map((cell, i) => cell.padEnd(widths[i]!)).join("  "))
      .join("\n");
  }
}

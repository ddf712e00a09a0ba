import type { Scene } from "./scene.ts";

/** What a case does; it throws where the endpoint does not do as vSphere does. */
export type Run = (scene: Scene) => Promise<void>;

/** The two kinds of endpoint: a single host, and a vCenter. */
export type Mode = "esx" | "vcenter";

/** One case of the suite. */
export interface Case {
  topic: string;
  name: string;
  run: Run;
  /** Undefined: of both kinds of endpoint. */
  only: Mode | undefined;
}

/**
 * Cases of one topic; names are unique in it. A case of one kind of endpoint only is written `{ esx: run }` or
 * `{ vcenter: run }`.
 */
export function topic(
  name: string,
  cases: Record<string, Run | { esx: Run } | { vcenter: Run }>,
): Case[] {
  return Object.entries(cases).map(([caseName, what]) => {
    const parts = { topic: name, name: caseName };
    if (typeof what === "function") return { ...parts, run: what, only: undefined };
    return "esx" in what
      ? { ...parts, run: what.esx, only: "esx" }
      : { ...parts, run: what.vcenter, only: "vcenter" };
  });
}

/** How a case is named in tables and in the list of differences. */
export const caseId = ({ topic: of, name }: Pick<Case, "topic" | "name">) => `${of}: ${name}`;

import { afterAll, describe, expect, test } from "bun:test";
import { cases } from "./cases/all.ts";
import { type Difference, differences, knownDifference } from "./differences.ts";
import { type Endpoint, endpointNames, endpoints, noVcsim } from "./endpoints.ts";
import { Stage } from "./stage.ts";
import { type Case, caseId } from "./suite.ts";
import { Table } from "./table.ts";

const table = new Table(endpointNames);
const isFor = (endpoint: Endpoint, { only }: Case) => only === undefined || only === endpoint.mode;

/** A case, with the end of its endpoint and the start of another. */
const testMsMax = 120_000;

/** The words of an error and of what caused it: what a difference has to show. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let e = error; e instanceof Error; e = e.cause) {
    const detail = "detail" in e ? JSON.stringify(e.detail) : "";
    words.push(`${e.message} ${detail}`);
  }
  return Bun.stripANSI(words.join("\n"));
}

/** A case an endpoint is known to fail: it has to fail in the way that is listed. */
async function expectDifference(work: Promise<void>, { reason, shows }: Difference): Promise<void> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) throw new Error(`passes now: take it off the differences (${reason})`);
  expect(wordsOf(error)).toMatch(shows);
}

const stages = endpoints.map((endpoint) => ({
  endpoint,
  stage: endpoint.start && new Stage(endpoint.start),
}));
afterAll(async () => {
  await Promise.all(stages.map(({ stage }) => stage?.close()));
  console.log(report());
}, testMsMax);

// Case by case, not endpoint by endpoint: of the tests that run at a time each endpoint has its share.
for (const one of cases) {
  for (const { endpoint, stage } of stages) {
    if (!stage || !isFor(endpoint, one)) continue;
    const { name } = endpoint;
    const known = knownDifference(caseId(one), name);
    test.concurrent(
      `${name}: ${caseId(one)}`,
      async () => {
        table.set(one, name, "FAIL");
        const run = stage.run(one);
        await (known ? expectDifference(run, known) : run);
        table.set(one, name, known ? "differs" : "pass");
      },
      testMsMax,
    );
  }
}

/** The table, the differences with their reasons, and which endpoints are not here. */
function report(): string {
  const lines = ["", table.text(), ""];
  for (const { reason, on, of } of differences) {
    lines.push(`${on.join(", ")}: ${reason}`, ...of.map((id) => `    ${id}`));
  }
  for (const { name, start } of endpoints) if (!start) lines.push(`${name}: ${noVcsim}`);
  return lines.join("\n");
}

describe("the suite", () => {
  test("has at least 150 cases with names of their own", () => {
    const names = cases.map(caseId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(150);
  });

  test("lists differences of cases and endpoints that exist, each once", () => {
    const all = differences.flatMap(({ of, on }) => of.flatMap((id) => on.map((e) => ({ id, e }))));
    const asked = new Set(
      endpoints.flatMap((endpoint) =>
        cases
          .filter((one) => isFor(endpoint, one))
          .map((one) => `${caseId(one)} at ${endpoint.name}`),
      ),
    );
    const listed = all.map(({ id, e }) => `${id} at ${e}`);
    expect(listed.filter((text) => !asked.has(text))).toEqual([]);
    expect(listed.length).toBe(new Set(listed).size);
  });
});

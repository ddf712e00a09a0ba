/** The tests of the Docker SDK for Python that are about containers and exec. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { run, type Stand } from "../../stand/stand.ts";
import { failures } from "./failures.ts";
import { python, testsDir } from "./python-peer.ts";

const files = ["api_exec_test", "models_containers_test", "api_healthcheck_test"];
const longest = "api_container_test";
/** A test that hangs fails after this. */
const testSeconds = 300;
const runMs = 90 * 60 * 1000;

type Outcome = "PASSED" | "FAILED" | "ERROR" | "SKIPPED" | "XFAIL" | "XPASS";

/** Registers the tests; the stand is up when they run. */
export function pythonTests(stand: Stand): void {
  describe.skipIf(!existsSync(testsDir))("the Docker SDK for Python", () => {
    const listed = new Map(
      Object.entries(failures).flatMap(([reason, names]) => names.map((name) => [name, reason])),
    );
    const seen = new Map<string, Outcome>();

    for (const file of [...files, longest]) {
      test(
        `${file}: nothing fails that is not listed`,
        async () => {
          const { outcomes, output } = await runPytest(stand, file);
          for (const [name, outcome] of outcomes) seen.set(name, outcome);
          expect(outcomes.size).toBeGreaterThan(0);
          const failed = [...outcomes].filter((of) => isFailure(of[1]) && !listed.has(of[0]));
          if (failed.length > 0) console.error(output);
          expect(failed).toEqual([]);
        },
        runMs,
      );
    }

    test("whatever is listed fails", () => {
      const counts = Map.groupBy(seen.values(), (outcome) => outcome);
      const count = (outcome: Outcome) => counts.get(outcome)?.length ?? 0;
      const failed = count("FAILED") + count("ERROR");
      console.log(
        `Docker SDK for Python: ${count("PASSED") + count("XPASS")} passed, ${failed} failed of ` +
          `which ${listed.size} are listed, ${count("XFAIL")} fail as the tests themselves expect, ` +
          `${count("SKIPPED")} skipped`,
      );
      expect([...listed.keys()].filter((name) => !isFailure(seen.get(name)))).toEqual([]);
    });
  });
}

const isFailure = (outcome: Outcome | undefined) => outcome === "FAILED" || outcome === "ERROR";

async function runPytest(
  stand: Stand,
  file: string,
): Promise<{ outcomes: Map<string, Outcome>; output: string }> {
  const options = ["-p", "patient", "-p", "no:cacheprovider", "--timeout", String(testSeconds)];
  const command = [python, "-m", "pytest", ...options, "-v", `tests/integration/${file}.py`];
  const env = {
    ...stand.dockerEnv,
    PYTHONPATH: import.meta.dir,
    PYTHONDONTWRITEBYTECODE: "1",
    // The SDK's requests would believe these before the VCH's own CA.
    REQUESTS_CA_BUNDLE: "",
    CURL_CA_BUNDLE: "",
  };
  const outcomes = new Map<string, Outcome>();
  const done = await run(command, { cwd: testsDir, env });
  const line = /^tests\/integration\/(\w+)\.py::(\S+) ([A-Z]+)/gm;
  for (const [, , name, outcome] of done.stdout.matchAll(line)) {
    outcomes.set(name!, outcome as Outcome);
  }
  return { outcomes, output: done.stdout + done.stderr };
}

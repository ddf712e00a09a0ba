import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog, formatTime } from "./log.ts";

function sink(isTTY: boolean) {
  const out = { text: "", isTTY, write: (t: string) => (out.text += t) };
  return out;
}

test("the console shows info and above, the file everything", () => {
  const dir = mkdtempSync(join(tmpdir(), "vic-log-"));
  const file = join(dir, "vic-machine.log");
  const out = sink(false);
  const log = createLog({ file, isVerbose: false, isQuiet: false, out });
  log.debug("detail");
  log.info("step");
  log.progress("50 %");
  log.warn("careful");
  expect(out.text).toBe("INFO[0000] step\nWARN[0000] careful\n");
  const lines = readFileSync(file, "utf8").trim().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^[A-Z][a-z]{2} [ \d]\d \d{4} [\d:.]+Z DEBUG op=\d+\.1: detail$/);
  rmSync(dir, { recursive: true });
});

test("a terminal has one progress line that goes away", () => {
  const out = sink(true);
  const log = createLog({ isVerbose: false, isQuiet: false, out });
  log.progress("10 %");
  log.progress("20 %");
  log.progress("20 %");
  log.info("done");
  expect(out.text).toBe("10 %\r    \r20 %\r    \r\u001b[36mINFO\u001b[0m[0000] done\n");
});

test("quiet shows errors only; a file that cannot be written is told once", () => {
  const quiet = sink(false);
  createLog({ isVerbose: true, isQuiet: true, out: quiet }).warn("no");
  expect(quiet.text).toBe("");
  const out = sink(false);
  const log = createLog({ file: "/no/such/dir/x.log", isVerbose: false, isQuiet: false, out });
  log.info("one");
  log.info("two");
  expect(out.text.match(/cannot be written/g)).toHaveLength(1);
});

test("times are UTC with a padded day", () => {
  expect(formatTime(new Date(Date.UTC(2026, 10, 4, 1, 2, 3, 4)))).toBe("Nov  4 2026 01:02:03.004Z");
});

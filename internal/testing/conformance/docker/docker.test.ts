/** The docker CLI and the raw API against Debian's dockerd and against a VCH: both must do the same. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dockerd, startDockerd } from "../../bench/dockerd.ts";
import { Stand } from "../../stand/stand.ts";
import { groups } from "./cases/all.ts";
import { differencesOf } from "./compare.ts";
import { stale, unexplained } from "./differences.ts";
import { loadImages } from "./images.ts";
import { Target } from "./target.ts";

const isHere = existsSync("/usr/sbin/dockerd") && process.getuid?.() === 0;
if (!isHere) {
  console.log(
    "the comparison with dockerd is left out: it needs root and Debian's docker.io and iptables " +
      "(RUNLEVEL=1 apt-get install --no-install-recommends docker.io iptables)",
  );
}

describe.skipIf(!isHere)("a VCH and dockerd", () => {
  const dir = mkdtempSync(join(tmpdir(), "vic-docker-"));
  const stand = new Stand({ dir, loopback: "127.0.44.0/24" });
  let dockerd: Dockerd | undefined;
  let both: [Target, Target];

  beforeAll(async () => {
    dockerd = await startDockerd(join(dir, "dockerd"), { hasBridge: true });
    if (!dockerd) throw new Error("dockerd does not start here");
    await stand.startHost();
    // Each case is a connection or two: TLS in emulation would be most of their time.
    await stand.createVch(["--no-tls"]);
    both = [
      new Target("dockerd", dir, dockerd.host),
      new Target("vch", dir, `tcp://${stand.address}:2375`),
    ];
    await Promise.all(both.map(loadImages));
  }, 900_000);

  afterAll(async () => {
    await both?.[0].shell("docker ps -aq | xargs -r docker rm -f");
    await dockerd?.[Symbol.asyncDispose]();
    await stand.deleteVch().catch(() => undefined);
    await stand.stopHost();
    rmSync(dir, { recursive: true, force: true });
  }, 300_000);

  for (const { name, cases } of groups) {
    describe(name, () => {
      for (const [i, given] of cases.entries()) {
        const wanted = typeof given === "string" ? { run: given } : given;
        const of = `${name}: ${wanted.run}`;
        const body = wanted.body === undefined ? "" : ` ${JSON.stringify(wanted.body)}`;
        test(`${i + 1} ${wanted.run}${body}`, async () => {
          const [peer, ours] = await Promise.all(both.map((target) => target.do(wanted)));
          const found = differencesOf([peer!, both[0].places], [ours!, both[1].places]);
          expect(unexplained(of + body, found)).toEqual([]);
        });
      }
    });
  }

  test("every intended difference is one", () => expect(stale()).toEqual([]));
});

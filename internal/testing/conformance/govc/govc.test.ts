import { afterAll, beforeAll, describe, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VicHost } from "../vic-host.ts";
import { accessGroups } from "./access-cases.ts";
import { check, Govc, type GovcGroup, peer } from "./case.ts";
import { datastoreGroups } from "./datastore-cases.ts";
import { deviceGroups } from "./device-cases.ts";
import { guestGroups } from "./guest-cases.ts";
import { hostGroups } from "./host-cases.ts";
import { inventoryGroups } from "./inventory-cases.ts";
import { missingGroups } from "./missing-cases.ts";
import { poolGroups } from "./pool-cases.ts";
import { snapshotGroups } from "./snapshot-cases.ts";
import { vcenterGroups } from "./vcenter-cases.ts";
import { vmGroups } from "./vm-cases.ts";

/** Bytes that are uploaded and must come back. */
const blobBytes = 3_000_000;

function suite(binary: string, mode: "esx" | "vcenter", groups: GovcGroup[]): void {
  describe(`govc against vic-host as ${mode}`, () => {
    let host: VicHost;
    let govc: Govc;
    beforeAll(async () => {
      const loopback = mode === "esx" ? "127.0.42.0/24" : "127.0.43.0/24";
      host = await VicHost.start({ loopback, args: mode === "esx" ? [] : ["--mode", mode] });
      govc = new Govc(binary, host);
      const blob = crypto.getRandomValues(new Uint8Array(65_536));
      writeFileSync(join(host.dir, "blob"), Buffer.alloc(blobBytes, blob));
      mkdirSync(join(host.dir, "down"));
      govc.hostPath = (await govc.ok("find / -type h")).trim();
    });
    afterAll(async () => {
      await host?.[Symbol.asyncDispose]();
    });
    for (const group of groups) {
      describe(group.name, () => {
        for (const [index, one] of group.cases.entries()) {
          const note = one.note === undefined ? "" : `: ${one.note}`;
          test(`${index + 1} govc ${one.run}${note}`, () => check(govc, one));
        }
      });
    }
  });
}

const binary = peer("govc");
if (binary) {
  suite(binary, "esx", [
    ...inventoryGroups,
    ...poolGroups,
    ...datastoreGroups,
    ...vmGroups,
    ...deviceGroups,
    ...snapshotGroups,
    ...guestGroups,
    ...accessGroups,
    ...hostGroups,
    ...missingGroups,
  ]);
  suite(binary, "vcenter", vcenterGroups);
} else {
  console.log(
    "govc cases are left out: no build/peers/govc (make conformance makes it where Go is) and no VIC_GOVC",
  );
  describe.skipIf(true)("govc", () => test("is not here", () => undefined));
}

import { afterAll, beforeAll, describe, test } from "bun:test";
import { VicHost } from "../vic-host.ts";
import { accessGroups } from "./access-cases.ts";
import { Govc, type GovcGroup, peer } from "./case.ts";
import { declare } from "./declare.ts";
import { datastoreGroups } from "./datastore-cases.ts";
import { deviceGroups } from "./device-cases.ts";
import { instantCloneGroups } from "./guest-cases.ts";
import { hostGroups } from "./host-cases.ts";
import { inventoryGroups } from "./inventory-cases.ts";
import { missingGroups } from "./missing-cases.ts";
import { poolGroups } from "./pool-cases.ts";
import { snapshotGroups } from "./snapshot-cases.ts";
import { vcenterGroups } from "./vcenter-cases.ts";
import { vmGroups } from "./vm-cases.ts";

function suite(binary: string, mode: "esx" | "vcenter", groups: GovcGroup[]): void {
  describe(`govc against vic-host as ${mode}`, () => {
    let host: VicHost;
    let govc: Govc;
    beforeAll(async () => {
      const loopback = mode === "esx" ? "127.0.42.0/24" : "127.0.43.0/24";
      host = await VicHost.start({ loopback, args: mode === "esx" ? [] : ["--mode", mode] });
      govc = new Govc(binary, host);
      govc.makeLocalFiles();
      govc.hostPath = (await govc.ok("find / -type h")).trim();
    });
    afterAll(async () => {
      await host?.[Symbol.asyncDispose]();
    });
    declare(groups, () => govc);
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
    ...instantCloneGroups,
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

import { describe, test } from "bun:test";
import { vim25Cases } from "./cases.ts";
import { startVcsim, startVicHost } from "./target.ts";

const all = { checksChangeVersion: true, hasDiskChains: true, hasPortGroups: true };
vim25Cases("vic-host", all, startVicHost);

const binary = process.env["VIC_VCSIM"];
if (binary) {
  const esx = { checksChangeVersion: false, hasDiskChains: false, hasPortGroups: true };
  vim25Cases("vcsim as an ESXi host", esx, () => startVcsim(binary, "esx"));
  const vpx = { ...esx, hasPortGroups: false };
  vim25Cases("vcsim as a vCenter", vpx, () => startVcsim(binary, "vpx"));
} else {
  console.log("vcsim cases are skipped: VIC_VCSIM does not name VMware's simulator");
  describe.skipIf(true)("vcsim", () => test("is not here", () => undefined));
}

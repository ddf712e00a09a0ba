import { describe, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../stand/stand.ts";
import { vim25Cases } from "./cases.ts";
import { startVcsim, startVicHost } from "./target.ts";

const all = { checksChangeVersion: true, hasDiskChains: true, hasPortGroups: true };
vim25Cases("vic-host", all, startVicHost);

const built = join(root, "build/peers/vcsim");
const binary = process.env["VIC_VCSIM"] ?? (existsSync(built) ? built : undefined);
if (binary) {
  const esx = { checksChangeVersion: false, hasDiskChains: false, hasPortGroups: true };
  vim25Cases("vcsim as an ESXi host", esx, () => startVcsim(binary, "esx"));
  const vpx = { ...esx, hasPortGroups: false };
  vim25Cases("vcsim as a vCenter", vpx, () => startVcsim(binary, "vpx"));
} else {
  console.log(
    "vcsim cases are skipped: no build/peers/vcsim (make conformance makes it where Go is) and no VIC_VCSIM",
  );
  describe.skipIf(true)("vcsim", () => test("is not here", () => undefined));
}

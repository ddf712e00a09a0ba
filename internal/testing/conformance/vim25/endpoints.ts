import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../stand/stand.ts";
import type { Mode } from "./suite.ts";
import { startVcsim, startVicHost, type Target } from "./target.ts";

/** The endpoints the cases run against, in the order of the table's columns. */
export const endpointNames = [
  "vic-host esx",
  "vic-host vcenter",
  "vcsim esx",
  "vcsim vcenter",
] as const;
/** One of {@link endpointNames}. */
export type EndpointName = (typeof endpointNames)[number];

/** An endpoint to run the cases against. */
export interface Endpoint {
  name: EndpointName;
  mode: Mode;
  /** Undefined: it is not on this machine. */
  start: (() => Promise<Target>) | undefined;
}

const built = join(root, "build/peers/vcsim");
const vcsim = process.env["VIC_VCSIM"] ?? (existsSync(built) ? built : undefined);

/** Why the vcsim columns are empty, where they are. */
export const noVcsim =
  "not here: `make conformance` builds build/peers/vcsim where Go is; VIC_VCSIM names another binary";

/** All endpoints. */
export const endpoints: Endpoint[] = [
  { name: "vic-host esx", mode: "esx", start: () => startVicHost("esx") },
  { name: "vic-host vcenter", mode: "vcenter", start: () => startVicHost("vcenter") },
  { name: "vcsim esx", mode: "esx", start: vcsim ? () => startVcsim(vcsim, "esx") : undefined },
  {
    name: "vcsim vcenter",
    mode: "vcenter",
    start: vcsim ? () => startVcsim(vcsim, "vcenter") : undefined,
  },
];

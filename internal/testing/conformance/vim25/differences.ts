import { vcsimDifferences } from "./differences-vcsim.ts";
import { vicHostDifferences } from "./differences-vic-host.ts";
import type { EndpointName } from "./endpoints.ts";

/** Cases that endpoints fail, and why that is all right. The run fails when one passes after all. */
export interface Difference {
  reason: string;
  on: EndpointName[];
  /** What the failures say. */
  shows: RegExp;
  /** `topic: name of the case`. */
  of: string[];
}

/** Every known difference. */
export const differences: Difference[] = [...vicHostDifferences, ...vcsimDifferences];

/** The difference that is known of a case at an endpoint. */
export function knownDifference(of: string, on: EndpointName): Difference | undefined {
  return differences.find((known) => known.on.includes(on) && known.of.includes(of));
}

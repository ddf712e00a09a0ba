import { build as installerBuild, versionString } from "../version/version.ts";
import { VicError } from "../errors/errors.ts";

/** Build number in `v2.0.0-17-1a2b3c4`; undefined where there is none. */
export function buildNumber(version: string): number | undefined {
  const text = /^v[^-]+-(\d+)-/.exec(version)?.[1];
  return text === undefined ? undefined : Number(text);
}

/** How the build of a VCH stands to the installer's. */
export type Comparison = "same" | "older" | "newer" | "unknown";

/** Compares a VCH's version string with the installer's: by build number alone. */
export function compareBuild(vch: string, installer = installerBuild): Comparison {
  const number = buildNumber(vch);
  if (number === undefined) return "unknown";
  if (number === Number(installer)) return "same";
  return number < Number(installer) ? "older" : "newer";
}

/** Text of the column UPGRADE STATUS. */
export function upgradeStatus(vch: string): string {
  return {
    same: "Up to date",
    older: `Upgradeable to ${versionString}`,
    newer: "VCH has newer version",
    unknown: `Unknown: "${vch}" is not a version`,
  }[compareBuild(vch)];
}

/** Throws unless a VCH was made by this very build; `force` allows others. */
export function expectSameBuild(vch: string, force: boolean): void {
  if (force || compareBuild(vch) === "same") return;
  throw new VicError(
    "conflict",
    `VCH version "${vch}" is different than installer version "${versionString}"`,
    { hint: "use the vic-machine of that version, or --force" },
  );
}

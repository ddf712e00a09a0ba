/**
 * Version, commit and build number of this binary. The Makefile sets them at compile time with
 * `--define VIC_VERSION='"..."'` and so on; run from source they are the development values.
 */
declare const VIC_VERSION: string | undefined;
declare const VIC_COMMIT: string | undefined;
declare const VIC_BUILD: string | undefined;

/** Semantic version, without a leading v. */
export const version = typeof VIC_VERSION === "string" ? VIC_VERSION : "0.0.0";
/** Abbreviated git commit. */
export const commit = typeof VIC_COMMIT === "string" ? VIC_COMMIT : "source";
/** Build number: a whole number that grows; upgrades compare only this. */
export const build = typeof VIC_BUILD === "string" ? VIC_BUILD : "0";

/** `v2.0.0-17-1a2b3c4`, the form shown to people and stored in a VCH. */
export const versionString = `v${version}-${build}-${commit}`;

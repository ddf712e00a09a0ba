/** `--platform`, and images made for other machines than a container's VM. */
import { VicError } from "../../errors/errors.ts";
import type { ImageConfig } from "../../image/config.ts";
import { vmPlatform, type Platform } from "../../image/manifest.ts";

/**
 * Warnings, in Docker's words. Throws when another platform was asked for than the image has: as `not-found`, upon which the
 * CLI pulls the wanted one.
 */
export function checkPlatform(
  imageName: string,
  config: Pick<ImageConfig, "os" | "architecture" | "variant">,
  wanted: Platform | undefined,
): string[] {
  const { os, architecture, variant } = config;
  const own = { ...vmPlatform, ...(os ? { os } : {}), ...(architecture ? { architecture } : {}) };
  const has = { ...own, ...(variant ? { variant } : {}) };
  if (wanted === undefined) {
    if (isSame(has, vmPlatform)) return [];
    return [
      `The requested image's platform (${text(has)}) does not match the detected host platform ` +
        `(${text(vmPlatform)}) and no specific platform was requested`,
    ];
  }
  const isVariantWanted = wanted.variant === undefined || wanted.variant === has.variant;
  if (isSame(has, wanted) && isVariantWanted) return [];
  throw new VicError(
    "not-found",
    `image with reference ${imageName} was found but its platform (${text(has)}) does not match ` +
      `the specified platform (${text(wanted)})`,
  );
}

function isSame(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture;
}

function text({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join("/");
}

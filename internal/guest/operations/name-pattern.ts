import { guestFault } from "./contract.ts";

const patternMaxChars = 256;
/** A name has at most 255 bytes: matching takes at most some 10^7 steps for each. */
const quantifiersMax = 3;

/**
 * The regular expression of ListFilesInGuest, matched against a whole name. Only a few quantifiers, and none on a
 * group: a backtracking matcher would otherwise take for ever on what somebody thinks up.
 */
export function namePattern(pattern: unknown): RegExp {
  if (pattern === undefined || pattern === "") return /^/;
  if (typeof pattern !== "string" || pattern.length > patternMaxChars) {
    throw guestFault("InvalidArgument", `a pattern has at most ${patternMaxChars} characters`);
  }
  const plain = pattern.replaceAll(/\\[^\d]/g, "x").replaceAll(/\[[^\]]*\]/g, "x");
  const quantifiers = plain.match(/[*+?{]/g)?.length ?? 0;
  if (quantifiers > quantifiersMax || /\)[*+?{]|\\\d|\(\?/.test(plain)) {
    throw guestFault(
      "InvalidArgument",
      `a pattern has at most ${quantifiersMax} quantifiers, none of them on a group`,
    );
  }
  try {
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    throw guestFault("InvalidArgument", "the pattern is no regular expression");
  }
}

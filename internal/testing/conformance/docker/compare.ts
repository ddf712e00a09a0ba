import type { Outcome } from "./case.ts";

/** How many differences of one case are told. */
const toldMax = 60;

/** Replaces what differs from run to run: ids, times, ages, addresses and places. */
export function normalise(text: string, places: string[]): string {
  let plain = text;
  for (const place of places) plain = plain.replaceAll(place, "<place>");
  return plain
    .replace(/\b[0-9a-f]{64}\b/g, "<id>")
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b/g, "<short>")
    .replace(/\b(?!0001)\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d{4}|UTC))*/g, "<time>")
    .replace(
      /\b(\d+|Less than an?|About an?) (second|minute|hour|day|week|month|year)s?\b/g,
      "<age>",
    )
    .replace(/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, "<mac>")
    .replace(/\b(172|10|192\.168)(\.\d{1,3}){2,3}\b/g, "<ip>")
    .replace(/\b\d+(\.\d+)?([kM]?B|[KM]iB)\b/g, "<size>")
    .replace(/[ \t]{2,}/g, "  ")
    .replace(/[ \t]+$/gm, "");
}

/** Numbers that are times: seconds or nanoseconds since 1970 of these years. */
function isTime(value: number): boolean {
  return (value > 1.7e9 && value < 2.2e9) || (value > 1.7e18 && value < 2.2e18);
}

/** Names of numbers that count bytes on a disk or number a process. */
const masked = /^(Size|VirtualSize|SharedSize|SizeRw|SizeRootFs|LayersSize|Pid|size|mtime)$/;

/** Errors: their first letters vary with the version. */
const messages = /^(message|error)$/;

function plainValue(value: unknown, places: string[]): unknown {
  if (typeof value === "string") return normalise(value, places);
  if (typeof value === "number" && isTime(value)) return "<time>";
  if (Array.isArray(value)) return value.map((item) => plainValue(item, places));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [normalise(k, places), plainField(k, v, places)]),
  );
}

function plainField(name: string, value: unknown, places: string[]): unknown {
  if (masked.test(name) && (value !== 0 || name !== "Pid")) return `<${name}>`;
  if (messages.test(name) && typeof value === "string") return plainError(normalise(value, places));
  return plainValue(value, places);
}

/** Messages begin with a capital letter in dockerd 20.10 and with a small one in later versions. */
function plainError(text: string): string {
  return text.toLowerCase().trim();
}

/** The CLI logs that it could not send all of an archive when it was refused before it had sent it. */
const refusedEarly = /^time="<time>" level=error msg="[Cc]an't .*on closed pipe"\n/gm;

/** What differs between two outcomes, a line each: `part: what the peer has, then what we have`. */
export function differencesOf(
  [peer, peerPlaces]: [Outcome, string[]],
  [ours, ourPlaces]: [Outcome, string[]],
): string[] {
  const found: string[] = [];
  walk("", plainOutcome(peer, peerPlaces), plainOutcome(ours, ourPlaces), found);
  return found.slice(0, toldMax);
}

function plainOutcome({ code, out, beside }: Outcome, places: string[]): unknown {
  const isText = typeof beside === "string";
  return {
    code,
    out: plainValue(out, places),
    beside: isText
      ? plainError(normalise(beside, places).replace(refusedEarly, ""))
      : plainValue(beside, places),
  };
}

function walk(path: string, peer: unknown, ours: unknown, found: string[]): void {
  if (isNothing(peer) && isNothing(ours)) return;
  if (typeof peer === "string" && typeof ours === "string" && /\n./.test(peer + ours)) {
    walk(path, peer.split("\n"), ours.split("\n"), found);
    return;
  }
  if (!isTree(peer) || !isTree(ours) || Array.isArray(peer) !== Array.isArray(ours)) {
    if (peer !== ours) found.push(`${path}: ${show(peer)} but ours ${show(ours)}`);
    return;
  }
  for (const key of new Set([...Object.keys(peer), ...Object.keys(ours)])) {
    const at = path === "" ? key : `${path}.${key}`;
    walk(at, peer[key], ours[key], found);
  }
}

/** An empty list or map, and null: Go writes any of them, and its clients read all of them alike. */
function isNothing(value: unknown): boolean {
  if (value === null) return true;
  return isTree(value) && Object.keys(value).length === 0;
}

type Tree = Record<string, unknown>;

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

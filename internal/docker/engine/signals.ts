/** Linux signals by name and number. */
import { constants } from "node:os";
import { VicError } from "../../errors/errors.ts";

const signalMax = 64;
const realtimeMin = 34;

/**
 * A signal in the form `SIGTERM`; takes `TERM`, `sigterm`, `15`, `RTMIN+3`.
 * A real-time signal comes back as its number.
 */
export function parseSignal(text: string): string {
  const upper = text.trim().toUpperCase();
  if (/^\d{1,3}$/.test(upper)) {
    const number = Number(upper);
    const name = Object.entries(constants.signals).find(([, n]) => n === number)?.[0];
    if (name !== undefined) return name;
    if (number >= 1 && number <= signalMax) return String(number);
    if (number === 0) throw invalid(text);
    throw new VicError("invalid", `the linux daemon does not support signal ${number}`);
  }
  const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  if (name in constants.signals) return name;
  const match = /^SIGRT(MIN(?:\+(\d{1,2}))?|MAX(?:-(\d{1,2}))?)$/.exec(name);
  if (match) {
    const number = match[1]!.startsWith("MIN")
      ? realtimeMin + Number(match[2] ?? 0)
      : signalMax - Number(match[3] ?? 0);
    if (number >= realtimeMin && number <= signalMax) return String(number);
  }
  throw invalid(text);
}

function invalid(text: string): VicError {
  return new VicError("invalid", `invalid signal: ${text}`);
}

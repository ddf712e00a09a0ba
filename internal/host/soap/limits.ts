import { VicError } from "../../errors/errors.ts";

/** Largest SOAP request, bytes. */
export const soapMaxBytes = 4 * 1024 * 1024;
/** The same of somebody who is not logged in, bytes. */
export const strangerMaxBytes = 64 * 1024;
/** Elements in one request: the largest honest ones are specs of a VM with some hundred devices. */
const elementsMax = 50_000;
/** Elements in one request of somebody who is not logged in. */
const elementsMaxOpen = 200;
/** Deepest nesting. */
const depthMax = 100;

/**
 * Refuses a request that is not worth parsing: too many elements, or nested too deeply. It counts only, so it costs
 * little; whether the text is XML the parser says.
 */
export function checkRequest(text: string, isLoggedIn: boolean): void {
  const most = isLoggedIn ? elementsMax : elementsMaxOpen;
  let elements = 0;
  let depth = 0;
  let end = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === slash) depth--;
    else if (next !== bang && next !== question) {
      elements++;
      depth++;
      // Looked for once: the text may have no ">" at all.
      if (end >= 0 && end < at) end = text.indexOf(">", at);
      if (end > 0 && text.charCodeAt(end - 1) === slash) depth--;
    }
    if (elements > most) throw new VicError("invalid", `a request has at most ${most} elements`);
    if (depth > depthMax) {
      throw new VicError("invalid", `a request is nested at most ${depthMax} deep`);
    }
  }
}

const slash = 0x2f;
const bang = 0x21;
const question = 0x3f;

/** What a registry's error answers mean. */
import { VicError, type Code } from "../errors/errors.ts";
import { objectOf, stringOf } from "../image/json.ts";

const bodyMaxBytes = 64 * 1024;
const messageMaxLength = 500;

/** The default message of each code, from the distribution specification. */
const defaults: Record<string, string> = {
  DENIED: "requested access to the resource is denied",
  UNAUTHORIZED: "authentication required",
  MANIFEST_UNKNOWN: "manifest unknown",
  NAME_UNKNOWN: "repository name not known to registry",
  TOOMANYREQUESTS: "too many requests",
};

/** Turns an answer that is no success into an error whose detail carries `status` and the registry's `registryCode`. */
export async function registryError(response: Response, challenge = ""): Promise<VicError> {
  const { status } = response;
  let { code, message } = await firstError(response);
  if (status === 401 && code !== "DENIED" && challenge.includes("insufficient_scope")) {
    code = "DENIED";
    message = "";
  }
  if (code === "" && status === 401) code = "UNAUTHORIZED";
  if (code === "" && status === 403) code = "DENIED";
  if (code === "" && status === 429) code = "TOOMANYREQUESTS";
  const text = code
    ? `${code.toLowerCase().replaceAll("_", " ")}: ${message || defaults[code] || "unknown error"}`
    : `received unexpected HTTP status: ${status} ${response.statusText}`.trim();
  return new VicError(vicCode(status), text, { detail: { status, registryCode: code } });
}

function vicCode(status: number): Code {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  return status >= 500 || status === 429 ? "unavailable" : "invalid";
}

async function firstError(response: Response): Promise<{ code: string; message: string }> {
  try {
    const text = new TextDecoder().decode(await readLimited(response, bodyMaxBytes));
    const errors = objectOf(JSON.parse(text))?.errors;
    const first = Array.isArray(errors) ? objectOf(errors[0]) : undefined;
    return {
      code: /^[A-Z_]{1,64}$/.test(stringOf(first?.code)) ? stringOf(first?.code) : "",
      message: stringOf(first?.message).slice(0, messageMaxLength),
    };
  } catch {
    return { code: "", message: "" };
  }
}

/** The whole body; `damaged` when it is longer than the limit. */
export async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new VicError("damaged", "the registry's answer is too long");
    parts.push(chunk);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

import { isIP } from "node:net";
import type { ErrorJson } from "../../errors/errors.ts";
import { parseStreamMessage } from "../../guest/operations/chunk-stream.ts";
import type { GuestMessage } from "../../guest/tools-wire.ts";
import type { GuestNic } from "../vm/machine.ts";

/** Most NICs, addresses of a NIC, and listening ports that are taken from one report. */
const nicsMax = 32;
const addressesMax = 32;
const portsMax = 1024;
const keyMaxBytes = 256;

/** A port that something in the guest listens on. */
export type GuestPort = Extract<GuestMessage, { ports: unknown }>["ports"][number];

/** A line of the guest as a message; undefined when it is none. Longer lists than sensible are cut. */
export function parseGuestMessage(line: string): GuestMessage | undefined {
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const { id, get, set, value, nics, ports, hello } = json;
  if (Number.isSafeInteger(id)) {
    if (isKey(get)) return { id: id as number, get };
    if (isKey(set) && typeof value === "string") return { id: id as number, set, value };
    if (json["time"] === true) return { id: id as number, time: true };
    return json["freeze"] === true ? { id: id as number, freeze: true } : undefined;
  }
  if (Array.isArray(nics)) return { nics: nics.slice(0, nicsMax).flatMap(parseNic) };
  if (Array.isArray(ports)) return { ports: ports.slice(0, portsMax).flatMap(parsePort) };
  if (typeof hello === "object" && hello !== null) {
    return {
      hello: { version: "", operations: "operations" in hello && hello.operations === true },
    };
  }
  if (!Number.isSafeInteger(json["result"])) return parseStreamMessage(json);
  const { result, error } = json;
  const isError = typeof error === "object" && error !== null;
  return { result: result as number, ...(isError ? { error: error as ErrorJson } : { value }) };
}

function isKey(key: unknown): key is string {
  return typeof key === "string" && key.length > 0 && key.length <= keyMaxBytes;
}

function parseNic(json: unknown): GuestNic[] {
  const { mac, addresses } = (json ?? {}) as Record<string, unknown>;
  if (typeof mac !== "string" || !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(mac)) return [];
  const list: unknown[] = Array.isArray(addresses) ? addresses.slice(0, addressesMax) : [];
  return [{ mac: mac.toLowerCase(), addresses: list.filter(isCidr) }];
}

function isCidr(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const [address = "", bits = "", ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes("%") || !/^\d{1,3}$/.test(bits)) {
    return false;
  }
  return Number(bits) <= (version === 4 ? 32 : 128);
}

function parsePort(json: unknown): GuestPort[] {
  const { protocol, port } = (json ?? {}) as Record<string, unknown>;
  if (protocol !== "tcp" && protocol !== "udp") return [];
  const isPort = Number.isInteger(port) && (port as number) > 0 && (port as number) < 65536;
  return isPort ? [{ protocol, port: port as number }] : [];
}

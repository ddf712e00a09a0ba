/** MAC addresses of container NICs. */
import { VicError } from "../../errors/errors.ts";

const triesMax = 1000;

/** A random address of the range VMware keeps for manual assignment, 00:50:56:00-3f:xx:xx, that is not in `used`. */
export function randomMac(used: ReadonlySet<string>): string {
  for (let tries = 0; tries < triesMax; tries++) {
    const bytes = crypto.getRandomValues(new Uint8Array(3));
    bytes[0]! &= 0x3f;
    const mac = `00:50:56:${[...bytes].map((b) => b.toString(16).padStart(2, "0")).join(":")}`;
    if (!used.has(mac)) return mac;
  }
  throw new VicError("exhausted", "no free MAC address");
}

/** Lower case with colons; vSphere takes only unicast addresses that it did not assign itself. */
export function checkMac(mac: string, used: ReadonlySet<string>): string {
  const text = mac.toLowerCase().replaceAll("-", ":");
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text))
    throw new VicError("invalid", `invalid MAC address: ${mac}`);
  if (Number.parseInt(text.slice(0, 2), 16) & 1)
    throw new VicError("invalid", `${mac} is a multicast address`);
  if (used.has(text)) throw new VicError("conflict", `MAC address ${mac} is in use`);
  return text;
}

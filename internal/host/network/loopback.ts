import { VicError } from "../../errors/errors.ts";

/** First three bytes of the network that the NAT box serves (libslirp's customary one), with a dot. */
const insidePrefix = "10.0.2.";
/** The network of the NAT box. */
export const insideNetwork = `${insidePrefix}0/24`;

/** Gives every guest address of the NAT network an address on this machine's loopback. */
export class Loopback {
  readonly #outsidePrefix: string;

  /** @param network a /24 below 127.0.0.0/8, for example 127.0.2.0/24 */
  constructor(network: string) {
    const match = /^(127\.\d{1,3}\.\d{1,3}\.)0\/24$/.exec(network);
    const isValid = match && match[1]!.split(".").every((part) => Number(part) <= 255);
    if (!isValid || match[1] === "127.0.0.") {
      throw new VicError("invalid", `"${network}" cannot be the loopback network`, {
        hint: "give a /24 below 127.0.0.0/8 other than 127.0.0.0/24, for example 127.0.2.0/24",
      });
    }
    this.#outsidePrefix = match[1]!;
  }

  /** Where a guest address is reached on this machine; undefined when it is not of the NAT network. */
  outside(guestAddress: string): string | undefined {
    const [address = ""] = guestAddress.split("/");
    if (!address.startsWith(insidePrefix)) return undefined;
    const host = Number(address.slice(insidePrefix.length));
    // 0 and 255 are no hosts; 2 and 3 are the gateway and the name server.
    const isGuest = Number.isInteger(host) && host > 3 && host < 255;
    return isGuest ? this.#outsidePrefix + host : undefined;
  }
}

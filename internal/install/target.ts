import { isIP } from "node:net";
import { VicError } from "../errors/errors.ts";
import { Client, endpointUrl } from "../vim25/client.ts";
import { trust } from "../vim25/trust.ts";
import { isOn, text, type RawOptions } from "./options.ts";
import type { Problems } from "./problems.ts";

/** Where vSphere is, and as whom to speak to it. */
export interface Target {
  /** `https://host[:port]/sdk` */
  url: URL;
  /** Inventory path or name of a datacenter; "" when none was named. */
  datacenter: string;
  username: string;
  /** Undefined: nobody has asked for it yet. */
  password: string | undefined;
  /** As given: SHA-1 or SHA-256; "" when none was. */
  thumbprint: string;
  /** Take whatever certificate the target shows. */
  acceptAny: boolean;
}

/** Reads --target, --user, --password and --thumbprint. */
export function parseTarget(raw: RawOptions, problems: Problems): Target | undefined {
  const given = text(raw, "target") ?? "";
  if (given === "") {
    problems.add(
      "--target argument must be specified",
      "give it as flag, or set VIC_MACHINE_TARGET",
    );
    return undefined;
  }
  const url = URL.parse(/^[a-z]+:\/\//i.test(given) ? given : `https://${given}`);
  if (!url || url.protocol !== "https:" || url.hostname === "") {
    problems.add(
      `--target: "${hideUser(given)}" is not an address of vSphere`,
      "it is https://host[:port]",
    );
    return undefined;
  }
  const username = text(raw, "user") ?? decode(url.username);
  if (username === "") {
    problems.add("vSphere user must be specified, either with --user or as part of --target");
  }
  const thumbprint = text(raw, "thumbprint") ?? "";
  if (thumbprint !== "" && ![40, 64].includes(thumbprint.replace(/[:\s]/g, "").length)) {
    problems.add("--thumbprint: a SHA-1 thumbprint has 20 bytes, a SHA-256 one 32");
  }
  const path = decode(url.pathname).replace(/^\/+|\/+$/g, "");
  return {
    url: endpointUrl(url.origin),
    datacenter: path === "sdk" ? "" : path,
    username,
    password: text(raw, "password") ?? (url.password === "" ? undefined : decode(url.password)),
    thumbprint,
    acceptAny: isOn(raw, "force"),
  };
}

/** A badly escaped text is taken as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const hideUser = (given: string) => given.replace(/\/\/.*@/, "//…@");

/** A session, and the certificate behind it. */
export interface Session {
  client: Client;
  /** SHA-256, upper-case hex with colons. */
  thumbprint: string;
  /** As given, or as typed at the prompt. */
  password: string;
}

/** Logs in; says in one sentence what stands in the way. */
export async function connect(target: Target, signal: AbortSignal): Promise<Session> {
  const { url, username, password = "" } = target;
  const real = await thumbprintOf(url, signal);
  const isGiven = target.thumbprint !== "";
  if (!isGiven && !target.acceptAny) await expectTrusted(url, real, signal);
  const thumbprint = isGiven ? target.thumbprint : real;
  const client = await Client.connect({ url: url.href, username, password, thumbprint, signal });
  return { client, thumbprint: real, password };
}

/** No certificate has this thumbprint: a server refused for it is told with its real one. */
const noThumbprint = "00".repeat(32);

async function thumbprintOf(url: URL, signal: AbortSignal): Promise<string> {
  try {
    await trust(url, noThumbprint, signal);
  } catch (error) {
    const told = error instanceof VicError ? error.detail["thumbprint"] : undefined;
    if (typeof told === "string") return told;
    throw error;
  }
  throw new VicError("damaged", `${url.host} has an impossible certificate`);
}

async function expectTrusted(url: URL, real: string, signal: AbortSignal): Promise<void> {
  try {
    await trust(url, undefined, signal);
  } catch (cause) {
    if (!(cause instanceof VicError) || cause.code !== "forbidden") throw cause;
    throw new VicError(
      "forbidden",
      `Failed to verify certificate for target=${url.host} (thumbprint=${real})`,
      { hint: `if this is the right host, add --thumbprint ${real}`, cause },
    );
  }
}

/** Whether a host name can only mean this very machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(name) === 4) return name.startsWith("127.");
  return name === "::1" || name === "localhost" || name.endsWith(".localhost");
}

/**
 * URL under which the appliance reaches the target: the user's, unless that is a loopback address, which in the
 * appliance means the appliance itself. Then it is the host's own management address.
 */
export function applianceTargetUrl(target: URL, managementAddress: string | undefined): string {
  if (!isLoopback(target.hostname)) return target.href;
  if (managementAddress === undefined) {
    throw new VicError(
      "invalid",
      `--target is the loopback address ${target.hostname}, which the appliance cannot reach`,
      {
        hint: "the host tells no management address instead: give --target with a routable address",
      },
    );
  }
  const url = new URL(target);
  url.hostname = isIP(managementAddress) === 6 ? `[${managementAddress}]` : managementAddress;
  return url.href;
}

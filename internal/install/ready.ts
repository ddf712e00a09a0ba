/** Waiting until an appliance serves. */
import { isIP } from "node:net";
import { VicError } from "../errors/errors.ts";
import {
  keys,
  services,
  type ApplianceConfig,
  type ApplianceState,
  type Role,
} from "../guest/config.ts";
import type { KeyPair } from "../pki/pki.ts";
import type { Client } from "../vim25/client.ts";
import { pause } from "../vim25/gate.ts";
import { waitFor } from "../vim25/properties.ts";
import type { MoRef } from "../vim25/types.ts";
import { extraConfigMap } from "../vsphere/vm.ts";
import type { Log } from "./log.ts";

/** One NIC as VMware's tools report it. */
export interface GuestNic {
  macAddress?: string;
  ipAddress?: string[];
}

/** Address of each role, as seen from outside. */
export type Addresses = Partial<Record<Role, string>>;

/** IPv4 addresses by role, from guest.net and the MACs of the configuration. */
export function addressesOf(nics: ApplianceConfig["nics"], guestNet: unknown): Addresses {
  const reported = Array.isArray(guestNet) ? (guestNet as GuestNic[]) : [];
  const found: Addresses = {};
  for (const [role, { mac }] of Object.entries(nics) as [Role, { mac: string }][]) {
    const nic = reported.find((n) => n.macAddress?.toLowerCase() === mac);
    const address = nic?.ipAddress?.find((a) => isIP(a) === 4 && !a.startsWith("169.254."));
    if (address !== undefined) found[role] = address;
  }
  return found;
}

/** What the appliance's init has written; undefined while it has not, or for a damaged text. */
function readState(extra: ReadonlyMap<string, string>): ApplianceState | undefined {
  try {
    return JSON.parse(extra.get(keys.applianceState) ?? "") as ApplianceState;
  } catch {
    return undefined;
  }
}

/** Why an appliance does not serve yet; "" when it does. */
export function whyNotReady(state: ApplianceState | undefined, addresses: Addresses): string {
  if (!state) return "it has not reported yet";
  if (addresses.client === undefined) return "it has no address on the client network";
  const down = services.find((s) => state.services?.[s] !== "true");
  if (down === undefined) return "";
  return `Component did not launch successfully - ${down}: ${state.services?.[down] || "starting"}`;
}

const waitPaths = ["config.extraConfig", "guest.net", "runtime.powerState"];

/** Waits until the appliance has an address and all its services run. `onStuck` is told why it does not yet. */
export async function waitForServices(
  client: Client,
  vm: MoRef,
  config: ApplianceConfig,
  log: Log,
  signal: AbortSignal,
  onStuck: (why: string) => void,
): Promise<Addresses> {
  let addresses: Addresses = {};
  log.info("Waiting for IP information");
  await waitFor(
    client,
    vm,
    waitPaths,
    (props) => {
      if (props["runtime.powerState"] !== "poweredOn") {
        throw new VicError("unavailable", "the VM of the appliance went off while it started");
      }
      const before = addresses.client;
      addresses = addressesOf(config.nics, props["guest.net"]);
      if (before === undefined && addresses.client !== undefined) {
        log.info("Waiting for major appliance components to launch");
      }
      const why = whyNotReady(readState(extraConfigMap(props["config.extraConfig"])), addresses);
      onStuck(why);
      return why === "";
    },
    signal,
  );
  log.info(`Obtained IP address for client interface: "${addresses.client}"`);
  return addresses;
}

/** How to speak to a Docker API. */
export interface DockerAccess {
  address: string;
  port: number;
  /** Undefined: plain HTTP. */
  serverCertPem: string | undefined;
  /** Undefined where client certificates are not asked for. */
  client: KeyPair | undefined;
}

const tryMs = { first: 200, most: 1000, limit: 15_000 };

/** Asks the Docker API for /info until it answers. `onStuck` is told why it does not yet. */
export async function waitForDocker(
  access: DockerAccess,
  signal: AbortSignal,
  onStuck: (why: string) => void,
): Promise<void> {
  for (let delay = tryMs.first; ; delay = Math.min(delay * 2, tryMs.most)) {
    const why = await tryDocker(access, signal).catch((error: Error) => error.message);
    if (why === "") return;
    onStuck(`Docker API at ${access.address}:${access.port}: ${why}`);
    await pause(delay, signal);
  }
}

/** "" when the API answers, else why it does not. */
async function tryDocker(access: DockerAccess, signal: AbortSignal): Promise<string> {
  const { address, port, serverCertPem, client } = access;
  const scheme = serverCertPem === undefined ? "http" : "https";
  // This very certificate is expected, whatever name or address it was made for.
  const tls = {
    ca: serverCertPem,
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
    ...(client ? { cert: client.certPem, key: client.keyPem } : {}),
  };
  const response = await fetch(`${scheme}://${address}:${port}/info`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(tryMs.limit)]),
    ...(scheme === "http" ? {} : { tls: tls as NonNullable<BunFetchRequestInit["tls"]> }),
  });
  const text = await response.text();
  return response.ok ? "" : `HTTP status ${response.status} ${text.trim().slice(0, 200)}`;
}

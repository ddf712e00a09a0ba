/** The appliance's end of the control channels (design D6). */
import { networkInterfaces } from "node:os";
import { VicError } from "../errors/errors.ts";
import type { ApplianceConfig } from "../guest/config.ts";
import { listenControl, type ControlServer } from "../guest/control-tls.ts";
import type { Hello } from "../guest/control.ts";
import type { Mux } from "../guest/mux.ts";
import { controlPort } from "../guest/paths.ts";
import { linkLocalOf } from "../net/cidr.ts";
import { issue, type KeyPair } from "../pki/pki.ts";
import { logger } from "./log.ts";
import { pause } from "./time.ts";

const log = logger("control");
/** The interface may come up a little later than we do. */
const retryMs = 200;
const triesMax = 150;

/** Link-local address of the bridge NIC, which containers are given. */
export function controlAddress(config: ApplianceConfig): string {
  return linkLocalOf(config.nics.bridge.mac);
}

/** Listens on the bridge; tries again while the interface or its address is not there. */
export async function serveControl(
  config: ApplianceConfig,
  controlCa: KeyPair,
  onConnection: (mux: Mux, hello: Hello, name: string) => void,
): Promise<ControlServer> {
  const address = controlAddress(config);
  const server = await issue(controlCa, {
    commonName: "port-layer",
    organization: ["vic"],
    sans: [address],
    usage: "server",
  });
  for (let tries = 1; ; tries++) {
    try {
      const zone = interfaceOf(config.nics.bridge.mac);
      const options = { address: `${address}%${zone}`, port: controlPort };
      const identity = { caPem: controlCa.certPem, ...server };
      const listening = await listenControl({ ...options, ...identity }, onConnection);
      log.info(`listening on [${options.address}]:${options.port}`);
      return listening;
    } catch (error) {
      if (tries === triesMax) throw error;
      if (tries === 1) log.warn(`not listening yet: ${VicError.from(error).text}`);
    }
    await pause(retryMs);
  }
}

function interfaceOf(mac: string): string {
  const wanted = mac.toLowerCase();
  for (const [name, addresses] of Object.entries(networkInterfaces()))
    if (addresses?.some((address) => address.mac.toLowerCase() === wanted)) return name;
  throw new VicError("unavailable", `no network interface has the MAC address ${mac}`);
}

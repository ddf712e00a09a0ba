import { networkInterfaces } from "node:os";
import { keys, type ApplianceState } from "../../../internal/guest/config.ts";
import type { GuestInfo, NicReport } from "../../../internal/guest/guestinfo.ts";
import { listeningPorts, type ListeningPort } from "../../../internal/net/listening.ts";
import { publishedPorts } from "../../../internal/net/published.ts";

const tickMs = 1_000;
/** After something happened addresses and ports are looked at with the next tick, then ever more seldom: it takes CPU. */
const ticksMax = 16;

/** Tells the hypervisor what it cannot see: the appliance's state, its addresses and its open ports. */
export class Reporter {
  readonly #info: GuestInfo;
  readonly #say: (text: string) => void;
  #state = "";
  #written = "";
  #isWriting = false;
  #nics = "";
  #ports = "";
  #looking: Promise<void> = Promise.resolve();
  /** From one look to the next. */
  #ticks = 1;

  constructor(info: GuestInfo, say: (text: string) => void) {
    this.#info = info;
    this.#say = say;
  }

  /** Writes the state; states that come while one is being written are replaced by the last of them. */
  report(state: ApplianceState): void {
    this.#state = JSON.stringify(state);
    if (!this.#isWriting) void this.#write();
  }

  /** Looks for changed addresses and ports from now on. */
  async watch(signal: AbortSignal): Promise<void> {
    for (let passed = 0; !signal.aborted; passed++) {
      if (passed >= this.#ticks) {
        passed = 0;
        this.#ticks = Math.min(this.#ticks * 2, ticksMax);
        await this.#enqueue();
      }
      await Bun.sleep(tickMs);
    }
  }

  /** Something happened: reports addresses and ports if they changed, and looks more often for a while. */
  look(): Promise<void> {
    this.#ticks = 1;
    return this.#enqueue();
  }

  /** One look at a time, so that the latest wins. */
  #enqueue(): Promise<void> {
    const look = (): Promise<void> => this.#lookOnce();
    this.#looking = this.#looking.then(look).catch((error: unknown) => {
      this.#say(`cannot look at ports: ${String(error)}`);
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const nics = nicReports(networkInterfaces());
    const nicsText = JSON.stringify(nics);
    if (nicsText !== this.#nics) this.#info.reportNics(nics);
    this.#nics = nicsText;
    const ports = uniquePorts([...(await listeningPorts()), ...(await publishedPorts())]);
    const portsText = JSON.stringify(ports);
    if (portsText !== this.#ports) this.#info.reportPorts(ports);
    this.#ports = portsText;
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#state !== this.#written) {
        const state = this.#state;
        await this.#info.set(keys.applianceState, state);
        this.#written = state;
      }
    } catch (error) {
      this.#say(`cannot report the state: ${String(error)}`);
    } finally {
      this.#isWriting = false;
    }
  }
}

/** Every port once: a published one may be held by a listener as well. */
export function uniquePorts(ports: ListeningPort[]): ListeningPort[] {
  return [...new Map(ports.map((port) => [`${port.protocol}/${port.port}`, port])).values()];
}

/** Addresses (CIDR) by MAC address; loopback is left out. */
export function nicReports(all: ReturnType<typeof networkInterfaces>): NicReport[] {
  const byMac = new Map<string, string[]>();
  for (const address of Object.values(all).flatMap((list) => list ?? [])) {
    if (address.internal || address.cidr === null) continue;
    const mac = address.mac.toLowerCase();
    byMac.set(mac, [...(byMac.get(mac) ?? []), address.cidr]);
  }
  return [...byMac].map(([mac, addresses]) => ({ mac, addresses }));
}

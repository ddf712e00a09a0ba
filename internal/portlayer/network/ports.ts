/**
 * Published ports. Each is really listened on: that reserves it, shows it to whoever forwards ports to the appliance,
 * and serves clients that address translation does not reach (the appliance itself, IPv6). The bulk goes
 * through nftables, in the table that init laid down.
 */
import * as dgram from "node:dgram";
import * as net from "node:net";
import { VicError } from "../../errors/errors.ts";
import { applyPublished, type PublishedPort } from "../../net/published.ts";
import type { PortBinding } from "../api/types.ts";
import { Lock } from "../lock.ts";
import { logger } from "../log.ts";

const log = logger("ports");
/** Ports of all containers together. */
const bindingsMax = 16_384;
/** Connections through one listener, where it serves them itself. */
const connectionsMax = 1024;

interface Reservation {
  binding: PortBinding;
  close(): void;
}

/** What address translation has to do for a binding: nothing for IPv6, which the listener alone serves. */
function translated({ binding, target }: { binding: PortBinding; target: string }) {
  const { protocol, hostAddress, hostPort, containerPort } = binding;
  if (net.isIPv6(hostAddress)) return [];
  const isOfOne = net.isIPv4(hostAddress) && hostAddress !== "0.0.0.0";
  const port: PublishedPort = { protocol, hostPort, address: target, port: containerPort };
  return [isOfOne ? { ...port, hostAddress } : port];
}

/** See the file's head. */
export class PublishedPorts {
  readonly #apply: (ports: PublishedPort[]) => Promise<void>;
  readonly #byContainer = new Map<string, { target: string; reservations: Reservation[] }>();
  readonly #lock = new Lock();

  constructor(apply: (ports: PublishedPort[]) => Promise<void> = applyPublished) {
    this.#apply = apply;
  }

  /** Reserves all or nothing; gives the bindings with the host ports in use. What it had before is withdrawn. */
  async publish(id: string, target: string, bindings: PortBinding[]): Promise<PortBinding[]> {
    return this.#lock.run(async () => {
      const had = this.#close(id);
      if (bindings.length === 0) {
        if (had) await this.#sync();
        return [];
      }
      const count = [...this.#byContainer.values()].reduce((n, p) => n + p.reservations.length, 0);
      if (count + bindings.length > bindingsMax)
        throw new VicError("exhausted", `over ${bindingsMax} published ports`);
      const reservations: Reservation[] = [];
      try {
        for (const binding of bindings) reservations.push(await reserve(binding, target));
        this.#byContainer.set(id, { target, reservations });
        await this.#sync();
      } catch (error) {
        this.#byContainer.delete(id);
        for (const reservation of reservations) reservation.close();
        throw error;
      }
      return reservations.map((reservation) => reservation.binding);
    });
  }

  /** The container ended. Idempotent. */
  async withdraw(id: string): Promise<void> {
    await this.#lock.run(async () => {
      if (this.#close(id)) await this.#sync();
    });
  }

  /** Removes rules of an earlier port layer that nobody owns. */
  async reset(): Promise<void> {
    await this.#lock.run(() => this.#sync());
  }

  #close(id: string): boolean {
    const published = this.#byContainer.get(id);
    this.#byContainer.delete(id);
    for (const reservation of published?.reservations ?? []) reservation.close();
    return published !== undefined;
  }

  async #sync(): Promise<void> {
    const all = [...this.#byContainer.values()].flatMap(({ target, reservations }) =>
      reservations.map(({ binding }) => ({ binding, target })),
    );
    await this.#apply(all.flatMap(translated));
  }
}

async function reserve(wanted: PortBinding, target: string): Promise<Reservation> {
  const { hostPortLast, ...binding } = wanted;
  for (let hostPort = binding.hostPort; ; hostPort++) {
    try {
      return await reserveOne({ ...binding, hostPort }, target);
    } catch (error) {
      const isNextWanted = hostPortLast !== undefined && hostPort < hostPortLast;
      if (!isNextWanted || VicError.from(error).code !== "conflict") throw error;
    }
  }
}

async function reserveOne(binding: PortBinding, target: string): Promise<Reservation> {
  try {
    return binding.protocol === "tcp"
      ? await reserveTcp(binding, target)
      : await reserveUdp(binding);
  } catch (cause) {
    throw taken(binding, cause);
  }
}

function taken({ hostAddress, hostPort, protocol }: PortBinding, cause: unknown): VicError {
  const where = `${hostAddress || "0.0.0.0"}:${hostPort}`;
  const code = (cause as { code?: unknown }).code;
  const detail = { hostPort, protocol };
  if (code === "EADDRINUSE")
    return new VicError("conflict", `Bind for ${where} failed: port is already allocated`, {
      detail,
      cause,
    });
  if (code === "EADDRNOTAVAIL")
    return new VicError("invalid", `the appliance does not have the address ${hostAddress}`, {
      hint: "publish the port without an address",
      detail,
      cause,
    });
  const text = cause instanceof Error ? cause.message : String(cause);
  return new VicError("internal", `cannot listen on ${where}/${protocol}: ${text}`, { cause });
}

async function reserveTcp(binding: PortBinding, target: string): Promise<Reservation> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const upstream = net.connect({
      host: target,
      port: binding.containerPort,
      allowHalfOpen: true,
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      // After an orderly end the other side still has bytes to send.
      socket.once("close", (hadError) => {
        sockets.delete(socket);
        if (hadError) other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.maxConnections = connectionsMax;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(binding.hostPort, binding.hostAddress || "0.0.0.0", resolve);
  });
  server.on("error", (error) => log.warn(`port ${binding.hostPort}: ${error.message}`));
  return {
    binding: { ...binding, hostPort: (server.address() as net.AddressInfo).port },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function reserveUdp(binding: PortBinding): Promise<Reservation> {
  const socket = dgram.createSocket("udp4");
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(binding.hostPort, binding.hostAddress || "0.0.0.0", resolve);
  });
  socket.on("error", (error) => log.warn(`udp port ${binding.hostPort}: ${error.message}`));
  return {
    binding: { ...binding, hostPort: socket.address().port },
    close: () => void socket.close(),
  };
}

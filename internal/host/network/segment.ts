import { headerBytes } from "./frame-buffer.ts";

/** Addresses learnt behind one port; the oldest gives way. A VM has one, a nested bridge a few. */
const learntMax = 256;

/** A port of a {@link Segment}. */
export interface Port {
  /** Address of the NIC, known without learning and reserved for this port; undefined on the way out (NAT). */
  readonly mac: number | undefined;
  /** Takes a frame (with its length header); valid only during the call. */
  deliver(bytes: Buffer, start: number, end: number): void;
}

/** `aa:bb:cc:dd:ee:ff` as a number. */
export const macNumber = (mac: string): number => Number.parseInt(mac.replaceAll(":", ""), 16);

/**
 * One broadcast domain: a learning switch. No port gets frames that are for another one (promiscuous mode is
 * off, as vSphere has it), and none may speak with the address of another NIC.
 */
export class Segment {
  readonly #ports = new Map<Port, Set<number>>();
  readonly #table = new Map<number, Port>();

  add(port: Port): void {
    this.#ports.set(port, new Set());
    if (port.mac === undefined) return;
    const former = this.#table.get(port.mac);
    if (former && former.mac !== port.mac) this.#ports.get(former)?.delete(port.mac);
    this.#table.set(port.mac, port);
  }

  remove(port: Port): void {
    this.#ports.delete(port);
    for (const [mac, owner] of this.#table) if (owner === port) this.#table.delete(mac);
  }

  get isEmpty(): boolean {
    return this.#ports.size === 0;
  }

  /** Passes on a frame that came from `from`. */
  forward(from: Port, bytes: Buffer, start: number, end: number): void {
    const at = start + headerBytes;
    const target = bytes.readUIntBE(at, 6);
    const source = bytes.readUIntBE(at + 6, 6);
    // The lowest bit of the first byte marks a group address, which is never a sender's.
    if ((bytes[at + 6]! & 1) === 1) return;
    if (source !== from.mac && !this.#learn(from, source)) return;
    if ((bytes[at]! & 1) === 0) {
      const owner = this.#table.get(target);
      if (owner) {
        if (owner !== from) owner.deliver(bytes, start, end);
        return;
      }
    }
    for (const port of this.#ports.keys()) if (port !== from) port.deliver(bytes, start, end);
  }

  /** False when the address is another NIC's own. */
  #learn(from: Port, source: number): boolean {
    const owner = this.#table.get(source);
    if (owner === from) return true;
    if (owner?.mac === source) return false;
    if (owner) this.#ports.get(owner)?.delete(source);
    const learnt = this.#ports.get(from);
    if (!learnt) return false;
    if (learnt.size >= learntMax) {
      const [oldest] = learnt;
      learnt.delete(oldest!);
      this.#table.delete(oldest!);
    }
    learnt.add(source);
    this.#table.set(source, from);
    return true;
  }
}

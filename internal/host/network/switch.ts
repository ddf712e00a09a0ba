import type { NicUsage } from "../vm/machine.ts";
import { headerBytes } from "./frame-buffer.ts";
import { Link } from "./link.ts";
import { macNumber, type Port, Segment } from "./segment.ts";

/** Where a cable goes. */
export interface Attachment {
  /** Socket of the QEMU netdev. */
  path: string;
  mac?: string;
  portGroup: string;
  /** The cable is plugged in. */
  isConnected: boolean;
}

/** The switch of vic-host: a segment for each port group, a link for each NIC of a running machine. */
export class Switch {
  readonly #segments = new Map<string, Segment>();
  readonly #dirty = new Set<Link>();

  /** Connects a NIC. The link is kept up until {@link SwitchPort.close}. */
  attach(attachment: Attachment): SwitchPort {
    return new SwitchPort(this, attachment);
  }

  /** The segment of a port group. */
  segment(name: string): Segment {
    let segment = this.#segments.get(name);
    if (!segment) this.#segments.set(name, (segment = new Segment()));
    return segment;
  }

  /** Forgets the segment when its last port is gone. */
  prune(name: string): void {
    if (this.#segments.get(name)?.isEmpty) this.#segments.delete(name);
  }

  /** The link has frames to be sent at the end of the batch. */
  touch(link: Link): void {
    this.#dirty.add(link);
  }

  /** Sends what a batch of frames has queued: one write per link and not one per frame. */
  flush(): void {
    for (const link of this.#dirty) link.flush();
    this.#dirty.clear();
  }
}

/** A NIC's place on the switch. */
export class SwitchPort implements Port {
  readonly mac: number | undefined;
  readonly #owner: Switch;
  readonly #link: Link;
  #portGroup: string;
  #segment: Segment | undefined;
  #receivedBytes = 0;
  #receivedPackets = 0;
  #sentBytes = 0;
  #sentPackets = 0;

  constructor(owner: Switch, attachment: Attachment) {
    this.mac = attachment.mac === undefined ? undefined : macNumber(attachment.mac);
    this.#owner = owner;
    this.#portGroup = attachment.portGroup;
    this.#link = new Link(
      attachment.path,
      (bytes, start, end) => {
        this.#sentBytes += end - start - headerBytes;
        this.#sentPackets++;
        this.#segment?.forward(this, bytes, start, end);
      },
      () => this.#owner.flush(),
    );
    this.move(attachment.portGroup, attachment.isConnected);
  }

  get droppedCount(): number {
    return this.#link.droppedCount;
  }

  /** What went through, as the NIC's owner sees it. */
  get usage(): Omit<NicUsage, "key"> {
    const dropped = this.droppedCount;
    return {
      receivedBytes: this.#receivedBytes,
      receivedPackets: Math.max(0, this.#receivedPackets - dropped),
      sentBytes: this.#sentBytes,
      sentPackets: this.#sentPackets,
      droppedPackets: dropped,
    };
  }

  /** Puts the NIC on another port group, or pulls its cable. */
  move(portGroup: string, isConnected: boolean): void {
    this.#leave();
    this.#portGroup = portGroup;
    if (!isConnected) return;
    this.#segment = this.#owner.segment(portGroup);
    this.#segment.add(this);
  }

  deliver(bytes: Buffer, start: number, end: number): void {
    this.#receivedBytes += end - start - headerBytes;
    this.#receivedPackets++;
    this.#link.send(bytes, start, end);
    this.#owner.touch(this.#link);
  }

  close(): void {
    this.#leave();
    this.#link.close();
  }

  #leave(): void {
    this.#segment?.remove(this);
    this.#segment = undefined;
    this.#owner.prune(this.#portGroup);
  }
}

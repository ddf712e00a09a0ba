/** An AF_PACKET socket on one interface: sends and receives IPv4 while the interface has no address. */
import { dlopen, FFIType as T, ptr } from "bun:ffi";
import { closeSync, read } from "node:fs";
import { VicError } from "../../errors/errors.ts";
import type { Link } from "./client.ts";

const domain = 17; // AF_PACKET
const datagramCloseOnExec = 2 | 0x80000;
const ipProtocol = 0x0800;
const addressBytes = 20; // struct sockaddr_ll
const packetMaxBytes = 65_535;
const option = { level: 1, receiveTimeout: 20 }; // SOL_SOCKET, SO_RCVTIMEO

const { symbols: libc } = dlopen("libc.so.6", {
  socket: { args: [T.i32, T.i32, T.i32], returns: T.i32 },
  bind: { args: [T.i32, T.ptr, T.u32], returns: T.i32 },
  sendto: { args: [T.i32, T.ptr, T.u64, T.i32, T.ptr, T.u32], returns: T.i64 },
  setsockopt: { args: [T.i32, T.i32, T.i32, T.ptr, T.u32], returns: T.i32 },
});

/** Opens the interface with this index (as in /sys/class/net/NAME/ifindex). */
export function openPacketSocket(index: number, mac: Uint8Array): Link {
  const fd = libc.socket(domain, datagramCloseOnExec, swap16(ipProtocol));
  if (fd < 0) throw new VicError("forbidden", "cannot open a packet socket");
  // Each buffer given to libc is referenced until after the call, which does not keep it.
  const local = linkAddress(index, new Uint8Array(6));
  if (libc.bind(fd, ptr(local), addressBytes) !== 0) {
    closeSync(fd);
    throw new VicError("not-found", `cannot bind a packet socket to interface ${index}`);
  }
  const everyone = linkAddress(index, new Uint8Array(6).fill(0xff));
  let isOpen = true;
  return {
    mac,
    send(packet) {
      if (Number(libc.sendto(fd, ptr(packet), packet.length, 0, ptr(everyone), addressBytes)) < 0)
        throw new VicError("unavailable", "cannot send on a packet socket", {
          hint: "the interface may be down",
        });
    },
    receive(timeoutMs) {
      const wait = new BigInt64Array([
        BigInt(Math.floor(timeoutMs / 1000)),
        BigInt(Math.max(1, Math.floor((timeoutMs % 1000) * 1000))),
      ]);
      libc.setsockopt(fd, option.level, option.receiveTimeout, ptr(wait), wait.byteLength);
      const buffer = new Uint8Array(packetMaxBytes);
      const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
      // Blocks a thread of the pool, not the event loop, until a packet or the time limit comes.
      read(fd, buffer, 0, buffer.length, null, (error, count) => {
        resolve(error || !isOpen ? undefined : buffer.subarray(0, count));
      });
      return promise;
    },
    close() {
      isOpen = false;
      closeSync(fd);
    },
  };
}

function linkAddress(index: number, destination: Uint8Array): Uint8Array {
  const out = new Uint8Array(addressBytes);
  const view = new DataView(out.buffer);
  view.setUint16(0, domain, true);
  view.setUint16(2, ipProtocol);
  view.setInt32(4, index, true);
  out[11] = destination.length;
  out.set(destination, 12);
  return out;
}

function swap16(value: number): number {
  return ((value & 0xff) << 8) | (value >> 8);
}

/** Receives the PTY master that an OCI runtime sends to its `--console-socket`. */
import { ptr } from "bun:ffi";
import { closeSync, rmSync } from "node:fs";
import { VicError } from "../../internal/errors/errors.ts";
import { check, libc } from "./libc.ts";

const [afUnix, sockStream, nonBlock, closeOnExec] = [1, 1, 0o4000, 0o2000000];
const [solSocket, scmRights, msgCmsgCloexec] = [1, 1, 0x4000_0000];
const pathMaxBytes = 107;

/** A listening socket for one console. The runtime connects and sends before it exits, so nothing here waits. */
export class ConsoleSocket {
  readonly path: string;
  readonly #fd: number;

  constructor(path: string) {
    const name = Buffer.from(path);
    if (name.length > pathMaxBytes) throw new VicError("invalid", `socket path too long: ${path}`);
    this.path = path;
    this.#fd = check(libc.socket(afUnix, sockStream | nonBlock | closeOnExec, 0), "socket");
    const address = Buffer.alloc(2 + name.length + 1);
    address.writeUInt16LE(afUnix, 0);
    name.copy(address, 2);
    try {
      check(libc.bind(this.#fd, ptr(address), address.length), `bind ${path}`);
      check(libc.listen(this.#fd, 1), "listen");
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The PTY master; call it once the runtime has exited successfully. */
  receive(): number {
    const peer = check(libc.accept4(this.#fd, null, null, nonBlock | closeOnExec), "accept");
    try {
      return receiveFd(peer);
    } finally {
      closeSync(peer);
    }
  }

  close(): void {
    closeSync(this.#fd);
    rmSync(this.path, { force: true });
  }
}

/** One descriptor from an SCM_RIGHTS message. All buffers live until recvmsg has returned: they are locals of this frame. */
function receiveFd(socket: number): number {
  const data = new Uint8Array(4096);
  const vector = new BigUint64Array([BigInt(ptr(data)), BigInt(data.length)]);
  const controlBytes = 24;
  const control = new Uint8Array(controlBytes);
  const message = new BigUint64Array([
    0n, // name
    0n, // name length
    BigInt(ptr(vector)),
    1n,
    BigInt(ptr(control)),
    BigInt(controlBytes),
    0n, // flags
  ]);
  check(libc.recvmsg(socket, ptr(message), msgCmsgCloexec), "recvmsg");
  const view = new DataView(control.buffer);
  const isRights =
    Number(message[5]) >= 20 &&
    view.getUint32(8, true) === solSocket &&
    view.getUint32(12, true) === scmRights;
  if (!isRights) throw new VicError("internal", "the OCI runtime sent no terminal");
  return view.getInt32(16, true);
}

import { expect, test } from "bun:test";
import { Duplex, duplexPair } from "node:stream";
import { stdcopyFrame } from "../../guest/stdcopy.ts";
import { join } from "./streams.ts";

/** A stream whose input has ended, and been noticed to, before anybody reads it. */
async function endedEarly(): Promise<{ near: Duplex; far: Duplex }> {
  const [near, far] = duplexPair();
  const end = new Promise<void>((done) => near.once("end", () => done()));
  far.end();
  near.resume();
  await end;
  near.pause();
  return { near, far };
}

test("a process's stream that ended before it is joined ends the client's", async () => {
  const { near: process } = await endedEarly();
  const [client, cli] = duplexPair();
  const ended = new Promise<void>((done) => cli.once("end", () => done()));
  cli.resume();
  await join(client, process, { stdin: false });
  await ended;
});

test("a client's input that ended before it is joined ends the process's", async () => {
  for (const detachKeys of [undefined, Uint8Array.of(16, 17)]) {
    const { near: client } = await endedEarly();
    const [process, guest] = duplexPair();
    const ended = new Promise<void>((done) => guest.once("end", () => done()));
    guest.resume();
    const joined = join(client, process, { stdin: true, ...(detachKeys ? { detachKeys } : {}) });
    await ended;
    guest.end();
    await joined;
  }
});

test("a client that has gone before it is joined leaves no process stream behind", async () => {
  const [client] = duplexPair();
  const [process] = duplexPair();
  client.destroy();
  await new Promise((done) => client.once("close", done));
  await join(client, process, { stdin: true });
  expect(process.destroyed).toBe(true);
});

test("whoever leaves by the keys has detached, whoever hangs up has not", async () => {
  const detachKeys = Uint8Array.of(16, 17);
  for (const [how, bytes] of [
    ["detached", [16, 17]],
    ["ended", [16]],
  ] as const) {
    const [client, cli] = duplexPair();
    const [process, guest] = duplexPair();
    guest.once("end", () => guest.end());
    const joined = join(client, process, { stdin: true, detachKeys });
    for (const stream of [cli, guest]) stream.resume();
    cli.end(Buffer.from(bytes));
    expect(await joined).toBe(how);
  }
});

test("the client gets the bytes of the process in the shape that it asked for", async () => {
  const [client, cli] = duplexPair();
  const [process, guest] = duplexPair();
  const got = cli.toArray();
  guest.end("some words");
  await join(client, process, { stdin: false, reshape: (bytes) => stdcopyFrame(1, bytes) });
  expect(Buffer.concat(await got)).toEqual(Buffer.from(stdcopyFrame(1, Buffer.from("some words"))));
});

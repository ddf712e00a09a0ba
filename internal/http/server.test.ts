import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { hijacked, type Env } from "./connection.ts";
import { serve, type RunningServer } from "./server.ts";
import { upgrade } from "./upgrade.ts";

const MiB = 1024 * 1024;
let directory: string;
let server: RunningServer;
let path: string;
let cancelled: () => void;
const wasCancelled = new Promise<void>((done) => (cancelled = done));
let aborted: () => void;
const wasAborted = new Promise<void>((done) => (aborted = done));

const app = new Hono<Env>();
app.post("/echo", async (c) => {
  const note = await c.req.text();
  if (c.env.protocol !== "vic-stream") return c.json({ message: "upgrade, please" }, 400);
  const stream = c.env.hijack({ contentType: "application/x" });
  stream.write(`note:${note};`);
  stream.pipe(stream);
  return hijacked();
});
app.post("/old", (c) => {
  const stream = c.env.hijack({ contentType: "application/x" });
  stream.write("hello ");
  stream.end("there");
  return hijacked();
});
app.post("/count", async (c) => {
  let bytes = 0;
  for await (const chunk of c.req.raw.body!) bytes += chunk.length;
  return c.json({ bytes });
});
app.get("/flood", () => {
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: () => cancelled(),
  });
  return new Response(body);
});
app.get("/forever", (c) => {
  c.req.raw.signal.addEventListener("abort", () => aborted());
  return new Response(new ReadableStream({ start: (s) => s.enqueue(new Uint8Array([46])) }));
});
let begun: () => void;
const hasBegun = new Promise<void>((done) => (begun = done));
let lateCancelled: () => void;
const wasLateCancelled = new Promise<void>((done) => (lateCancelled = done));
app.get("/late", async (c) => {
  begun();
  await new Promise((done) => c.req.raw.signal.addEventListener("abort", done));
  return new Response(new ReadableStream({ cancel: () => lateCancelled() }));
});

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vic-http-"));
  path = join(directory, "socket");
  server = await serve({ app, upgrades: ["vic-stream"], listen: { path } });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

async function open(url: string, body = ""): Promise<Socket> {
  const answer = await upgrade({
    target: { path },
    method: "POST",
    url,
    protocol: "vic-stream",
    body,
  });
  if ("status" in answer) throw new Error(`refused: ${answer.status} ${answer.body}`);
  return answer;
}

async function drain(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test("a hijacked stream carries megabytes both ways and half-closes", async () => {
  const socket = await open("/echo", "hi");
  const sent = Buffer.alloc(8 * MiB, 7);
  socket.end(sent);
  const got = await drain(socket);
  expect(got.subarray(0, 8).toString()).toBe("note:hi;");
  expect(Buffer.compare(got.subarray(8), sent)).toBe(0);
});

test("an upgrade that is refused is answered in plain HTTP", async () => {
  const answer = await upgrade({
    target: { path },
    method: "POST",
    url: "/nowhere",
    protocol: "vic-stream",
  });
  expect(answer).toEqual({ status: 404, body: "404 Not Found" });
});

test("an upgrade to a protocol that is not offered is no upgrade", async () => {
  const answer = await upgrade({ target: { path }, method: "POST", url: "/echo", protocol: "h2c" });
  expect(answer).toEqual({ status: 400, body: '{"message":"upgrade, please"}' });
});

test("a hijack without an Upgrade header is a close-delimited 200", async () => {
  const socket = connect({ path });
  socket.write("POST /old HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  const text = (await drain(socket)).toString();
  expect(text).toStartWith("HTTP/1.1 200 OK\r\n");
  expect(text).not.toContain("chunked");
  expect(text).toEndWith("\r\n\r\nhello there");
});

test("a request body streams in", async () => {
  const body = new Uint8Array(32 * MiB);
  const answer = await fetch("http://x/count", { method: "POST", body, unix: path });
  expect(await answer.json()).toEqual({ bytes: 32 * MiB });
});

test("a response body is cancelled when the client goes, and is not buffered before", async () => {
  const socket = connect({ path });
  socket.write("GET /flood HTTP/1.1\r\nHost: x\r\n\r\n");
  await new Promise((done) => socket.once("data", done));
  socket.destroy();
  await wasCancelled;
});

test("a response that is ready only when the client has gone is cancelled too", async () => {
  const socket = connect({ path });
  socket.write("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
  await hasBegun;
  socket.destroy();
  await wasLateCancelled;
});

test("the request's signal is aborted when the client goes", async () => {
  const socket = connect({ path });
  socket.write("GET /forever HTTP/1.1\r\nHost: x\r\n\r\n");
  await new Promise((done) => socket.once("data", done));
  socket.destroy();
  await wasAborted;
});

test("rubbish and absolute targets get 400", async () => {
  for (const text of ["GET http://evil/ HTTP/1.1\r\nHost: x\r\n\r\n", "rubbish\r\n\r\n"]) {
    const socket = connect({ path });
    socket.write(text);
    const first = await new Promise<Buffer>((done) => socket.once("data", done));
    expect(first.toString()).toStartWith("HTTP/1.1 400");
    socket.destroy();
  }
});

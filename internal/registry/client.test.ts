import { afterEach, expect, test } from "bun:test";
import { VicError } from "../errors/errors.ts";
import { digestOf } from "../image/digest.ts";
import { parseChallenge } from "./auth.ts";
import { RegistryClient } from "./client.ts";
import type { RegistrySettings } from "./policy.ts";

const settings: RegistrySettings = {
  insecure: [],
  allowed: [],
  caPem: [],
  proxies: { http: "", https: "", no: "" },
};
const user = { username: "u", password: "p", identityToken: "", registryToken: "" };
const blob = new Uint8Array(300_000).map((_, i) => i * 7);
const descriptor = { mediaType: "", digest: digestOf(blob), sizeBytes: blob.length };

const servers: { stop(force: boolean): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop(true);
});

/** A registry that answers as told; requests are recorded. */
function registry(answer: (request: Request, url: URL) => Response | Promise<Response>) {
  const seen: { path: string; authorization: string; range: string }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const url = new URL(request.url);
      seen.push({
        path: url.pathname + url.search,
        authorization: request.headers.get("authorization") ?? "",
        range: request.headers.get("range") ?? "",
      });
      return answer(request, url);
    },
  });
  servers.push(server);
  const domain = `127.0.0.1:${server.port}`;
  const client = (credentials?: typeof user) =>
    new RegistryClient(domain, settings, credentials, { retryDelayMs: 1 });
  return { domain, seen, client, server };
}

async function read(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A raw server that cuts the connection after `bytes` of each answer. */
function cuttingRegistry(cutBytes: number, options: { ranges: boolean; cuts: number }) {
  let requests = 0;
  const server = Bun.listen({
    port: 0,
    hostname: "127.0.0.1",
    socket: {
      data(socket, data) {
        const text = data.toString("latin1");
        if (!text.startsWith("GET /v2/")) return void socket.end();
        const from = Number(/range: bytes=(\d+)-/i.exec(text)?.[1] ?? 0);
        const start = options.ranges ? from : 0;
        const isCut = requests++ < options.cuts;
        const status = start > 0 ? "206 Partial Content" : "200 OK";
        const range = start > 0 ? `Content-Range: bytes ${start}-${blob.length - 1}/*\r\n` : "";
        const end = isCut ? Math.min(start + cutBytes, blob.length) : blob.length;
        const head = `HTTP/1.1 ${status}\r\n${range}Content-Length: ${blob.length - start}\r\n\r\n`;
        const all = Buffer.concat([Buffer.from(head), blob.subarray(start, end)]);
        let sent = 0;
        const pump = () => {
          sent += socket.write(all.subarray(sent));
          if (sent < all.length) setTimeout(pump, 1);
          else socket.end();
        };
        pump();
      },
      error() {},
    },
  });
  servers.push(server);
  const client = new RegistryClient(`127.0.0.1:${server.port}`, settings, undefined, {
    retryDelayMs: 1,
  });
  return { client, requests: () => requests };
}

test("a manifest asked for by digest must have it", async () => {
  const bytes = '{"schemaVersion":2}';
  const { client } = registry(() => new Response(bytes));
  const good = await client().manifest("a", digestOf(bytes));
  expect(good.digest).toBe(digestOf(bytes));
  expect(client().manifest("a", digestOf("other"))).rejects.toThrow("manifest verification failed");
});

test("a blob goes on after dropped connections", async () => {
  const { client, requests } = cuttingRegistry(100_000, { ranges: true, cuts: 2 });
  expect(digestOf(await read(client.blob("a", descriptor)))).toBe(descriptor.digest);
  expect(requests()).toBe(3);
});

test("a registry without Range support sends everything again", async () => {
  const { client, requests } = cuttingRegistry(100_000, { ranges: false, cuts: 1 });
  expect(digestOf(await read(client.blob("a", descriptor)))).toBe(descriptor.digest);
  expect(requests()).toBe(2);
});

test("a registry that keeps dropping is given up on", async () => {
  const { client, requests } = cuttingRegistry(10, { ranges: true, cuts: 1000 });
  const error = await read(client.blob("a", descriptor)).catch((e: unknown) => e);
  expect((error as VicError).code).toBe("unavailable");
  expect(requests()).toBe(5);
});

test("a wrong blob is an error, whatever its length", async () => {
  for (const wrong of [blob.slice().fill(1), new Uint8Array(blob.length + 1)]) {
    const { client } = registry(() => new Response(wrong));
    const error = await read(client().blob("a", descriptor)).catch((e: unknown) => e);
    expect((error as VicError).code).toBe("damaged");
  }
});

test("cancelling a blob closes the connection", async () => {
  let cancelled!: () => void;
  const isCancelled = new Promise<void>((done) => (cancelled = done));
  const { client } = registry(
    () =>
      new Response(
        new ReadableStream({
          pull: (c) => c.enqueue(new Uint8Array(1000)),
          cancel: () => cancelled(),
        }),
      ),
  );
  const reader = client()
    .blob("a", { ...descriptor, sizeBytes: 1e12 })
    .getReader();
  await reader.read();
  await reader.cancel();
  await isCancelled;
});

test("a bearer challenge is answered with a token for the scope", async () => {
  const { client, seen, domain } = registry((request, url) => {
    if (url.pathname === "/token") return Response.json({ token: "t1" });
    if (request.headers.get("authorization") === "Bearer t1") return new Response("{}");
    const challenge = `Bearer realm="http://${url.host}/token",service="s"`;
    return new Response("", { status: 401, headers: { "WWW-Authenticate": challenge } });
  });
  const one = client(user);
  await one.manifest("a/b", "latest");
  await one.manifest("a/b", "latest");
  const basic = `Basic ${Buffer.from("u:p").toString("base64")}`;
  expect(seen.map((s) => s.authorization)).toEqual(["", basic, "Bearer t1", "Bearer t1"]);
  expect(seen[1]?.path).toContain("scope=repository%3Aa%2Fb%3Apull");
  expect(domain).toContain("127.0.0.1");
});

test("a basic challenge is answered once; wrong credentials are unauthenticated", async () => {
  const { client, seen } = registry(
    () => new Response("", { status: 401, headers: { "WWW-Authenticate": 'Basic realm="r"' } }),
  );
  const error = await client(user)
    .login()
    .catch((e: unknown) => e);
  expect((error as VicError).code).toBe("unauthenticated");
  expect(seen).toHaveLength(2);
});

test("credentials do not follow a redirect to another host", async () => {
  const other = registry(() => new Response(blob));
  const { client } = registry((request) =>
    request.headers.has("authorization")
      ? Response.redirect(`http://${other.domain}/elsewhere`, 307)
      : new Response("", { status: 401, headers: { "WWW-Authenticate": 'Basic realm="r"' } }),
  );
  await read(client(user).blob("a", descriptor));
  expect(other.seen).toEqual([{ path: "/elsewhere", authorization: "", range: "" }]);
});

test("a redirect to something that is no HTTP, or without end, is refused", async () => {
  const file = registry(
    () => new Response("", { status: 307, headers: { Location: "file:///etc/passwd" } }),
  );
  expect(read(file.client().blob("a", descriptor))).rejects.toThrow("redirects to file://");
  const loop = registry((_, url) => Response.redirect(url.href, 307));
  expect(read(loop.client().blob("a", descriptor))).rejects.toThrow("too many redirects");
});

test("errors of the registry keep their code and message", async () => {
  const errors = [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }];
  const { client } = registry(() => Response.json({ errors }, { status: 404 }));
  const error = (await client()
    .manifest("a", "t")
    .catch((e: unknown) => e)) as VicError;
  expect(error.message).toBe("manifest unknown: manifest unknown");
  expect(error.detail.registryCode).toBe("MANIFEST_UNKNOWN");
});

test("trouble that passes is tried again", async () => {
  let n = 0;
  const { client } = registry(() =>
    n++ < 2 ? new Response("", { status: 503 }) : new Response("{}"),
  );
  await client().manifest("a", "t");
  expect(n).toBe(3);
});

test("tags come page by page", async () => {
  const { client } = registry((_, url) =>
    url.searchParams.has("last")
      ? Response.json({ tags: ["c"] })
      : Response.json(
          { tags: ["a", "b"] },
          { headers: { Link: '</v2/x/tags/list?last=b>; rel="next"' } },
        ),
  );
  expect(await client().tags("x")).toEqual(["a", "b", "c"]);
});

test("challenges are parsed, odd ones too", () => {
  expect(parseChallenge('Bearer realm="https://a/b",service="c, d",scope=x')).toEqual({
    scheme: "bearer",
    parameters: { realm: "https://a/b", service: "c, d", scope: "x" },
  });
  expect(parseChallenge("Basic")).toEqual({ scheme: "basic", parameters: {} });
  expect(parseChallenge("=")).toBeUndefined();
});

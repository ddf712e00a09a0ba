import { afterEach, expect, test } from "bun:test";
import { thumbprint } from "../pki/pki.ts";
import { Client, endpointUrl } from "./client.ts";
import { Fault, FakeServer, type Handler } from "./testing/fake-server.ts";

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing[Symbol.asyncDispose]();
});

async function start(handlers: Record<string, Handler> = {}): Promise<FakeServer> {
  const server = await FakeServer.start(handlers);
  open.push(server);
  return server;
}

async function connect(server: FakeServer): Promise<Client> {
  const client = await Client.connect({
    url: server.url,
    username: "root",
    password: server.password,
    thumbprint: thumbprint(server.pair.certPem, "sha256"),
  });
  open.push(client);
  return client;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a certificate is pinned by SHA-1 or SHA-256, however it is written", async () => {
  const server = await start();
  const { certPem } = server.pair;
  const prints = [
    thumbprint(certPem, "sha1"),
    thumbprint(certPem, "sha1").toLowerCase().replaceAll(":", ""),
    `SHA256:${thumbprint(certPem, "sha256")}`,
  ];
  for (const print of prints) {
    const options = {
      url: server.url,
      username: "u",
      password: server.password,
      thumbprint: print,
    };
    await using client = await Client.connect(options);
    expect(client.content.about.apiType).toBe("HostAgent");
  }
});

test("the wrong certificate is refused before anything is sent, with the right thumbprint", async () => {
  const server = await start();
  const options = { url: server.url, username: "u", password: "p" };
  const real = thumbprint(server.pair.certPem, "sha256");
  const wrong = await failure(Client.connect({ ...options, thumbprint: "AA:BB" }));
  expect(wrong).toMatchObject({ code: "forbidden", detail: { thumbprint: real } });
  expect(String(wrong)).toContain("thumbprint does not match");
  const none = await failure(Client.connect(options));
  expect(none).toMatchObject({ code: "forbidden", hint: expect.stringContaining(real) });
  expect(server.calls).toEqual([]);
});

test("nobody there, a wrong password and something else than vSphere are told apart", async () => {
  const server = await start();
  const pinned = { username: "u", thumbprint: thumbprint(server.pair.certPem, "sha1") };
  const down = Client.connect({ ...pinned, url: "https://127.0.0.1:1", password: "p" });
  expect(await failure(down)).toMatchObject({ code: "unavailable" });
  const denied = await failure(Client.connect({ ...pinned, url: server.url, password: "secret" }));
  expect(denied).toMatchObject({ code: "unauthenticated", detail: { fault: "InvalidLogin" } });
  expect(JSON.stringify(denied)).not.toContain("secret");
  const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("<html/>") });
  const wrong = Client.connect({ url: other.url.href, username: "u", password: "p" });
  expect(await failure(wrong)).toMatchObject({ code: "damaged" });
  await other.stop(true);
});

test("a lost session is renewed once for all calls that notice", async () => {
  const server = await start({ CurrentTime: () => "2026-01-01T00:00:00Z" });
  const client = await connect(server);
  const before = client.epoch;
  server.sessions.clear();
  const times = await Promise.all(
    Array.from({ length: 20 }, () => client.call(client.instance, "CurrentTime")),
  );
  expect(new Set(times)).toEqual(new Set(["2026-01-01T00:00:00Z"]));
  expect(server.count("Login")).toBe(2);
  expect(client.epoch).toBe(before + 1);
});

test("who gives up while others wait for the new session ends alone", async () => {
  const gate = Promise.withResolvers<void>();
  const server = await start({ CurrentTime: () => "2026-01-01T00:00:00Z" });
  const client = await connect(server);
  server.sessions.clear();
  server.beforeLogin = () => gate.promise;
  const stop = new AbortController();
  const call = (signal?: AbortSignal) =>
    client.call(client.instance, "CurrentTime", {}, { signal });
  const stays = call();
  const leaves = failure(call(stop.signal));
  while (server.count("Login") < 2) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  expect(await leaves).toMatchObject({ code: "cancelled" });
  gate.resolve();
  expect(await stays).toBe("2026-01-01T00:00:00Z");
  expect(server.count("Login")).toBe(2);
});

test("each time the session ends there is one login, however many notice", async () => {
  const server = await start({ CurrentTime: () => "2026-01-01T00:00:00Z" });
  const client = await connect(server);
  for (let expiry = 1; expiry <= 2; expiry++) {
    server.sessions.clear();
    await Promise.all(
      Array.from({ length: 20 }, () => client.call(client.instance, "CurrentTime")),
    );
    expect(server.count("Login")).toBe(1 + expiry);
  }
});

test("a session in use by nobody is kept alive", async () => {
  const twice = Promise.withResolvers<void>();
  const server = await start({
    CurrentTime: () => {
      if (server.count("CurrentTime") >= 2) twice.resolve();
      return "2026-01-01T00:00:00Z";
    },
  });
  const options = { url: server.url, username: "root", password: server.password, keepAliveMs: 5 };
  await using client = await Client.connect({
    ...options,
    thumbprint: thumbprint(server.pair.certPem, "sha1"),
  });
  await twice.promise;
  expect(client.epoch).toBe(1);
});

test("a session that cannot be renewed is an error, not a loop", async () => {
  const server = await start({
    CurrentTime: () => {
      throw new Fault("NotAuthenticated");
    },
  });
  const client = await connect(server);
  const error = await failure(client.call(client.instance, "CurrentTime"));
  expect(error).toMatchObject({ code: "unauthenticated", detail: { fault: "NotAuthenticated" } });
  expect(server.count("Login")).toBe(2);
});

test("a call ends with its signal, its time, and its client", async () => {
  const server = await start({ CurrentTime: () => new Promise(() => undefined) });
  const client = await connect(server);
  const call = (options: object) =>
    failure(client.call(client.instance, "CurrentTime", {}, options));
  const stop = new AbortController();
  const aborted = call({ signal: stop.signal });
  stop.abort();
  expect(await aborted).toMatchObject({ code: "cancelled" });
  expect(await call({ timeoutMs: 20 })).toMatchObject({ code: "unavailable" });
  const pending = call({});
  await client.close();
  expect(await pending).toMatchObject({ code: "cancelled" });
  expect(await call({})).toMatchObject({ code: "cancelled" });
  expect(server.count("Logout")).toBe(1);
});

test("what the server answers instead of SOAP is told", async () => {
  const server = await start({
    CurrentTime: () => {
      throw new Response("busy", { status: 503 });
    },
  });
  const client = await connect(server);
  const error = await failure(client.call(client.instance, "CurrentTime"));
  expect(error).toMatchObject({ code: "unavailable", detail: { status: 503 } });
});

test("addresses are completed", () => {
  expect(endpointUrl("esx1").href).toBe("https://esx1/sdk");
  expect(endpointUrl("esx1:8989").href).toBe("https://esx1:8989/sdk");
  expect(endpointUrl("https://u:p@[::1]/sdk#x").href).toBe("https://[::1]/sdk");
  expect(() => endpointUrl("https://")).toThrow(/not a vSphere address/);
});

test("calls that find no server are sent again until it is back", async () => {
  const server = await start({
    CurrentTime: () => new Date(0),
    CreateFolder: () => ({ type: "Folder", value: "new" }),
  });
  const client = await connect(server);
  const calls: Promise<unknown>[] = [];
  await server.restart(async () => {
    calls.push(client.call(client.instance, "CurrentTime"));
    calls.push(client.call(client.content.rootFolder, "CreateFolder", { name: "new" }));
    await failure(fetch(server.url));
  });
  expect(await Promise.all(calls)).toEqual([
    new Date(0).toISOString(),
    { type: "Folder", value: "new" },
  ]);
  expect(server.count("CreateFolder")).toBe(2); // the first one without a session
});

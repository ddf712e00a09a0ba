import { afterEach, expect, test } from "bun:test";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned, thumbprint, type KeyPair } from "../pki/pki.ts";
import { trust } from "./trust.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server whose connections are counted. */
async function serve({ certPem, keyPem }: KeyPair) {
  const counted = { connections: 0 };
  const server = createServer({ cert: certPem, key: keyPem }, (_, response) => response.end("ok"));
  server.on("secureConnection", () => (counted.connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`https://127.0.0.1:${port}/sdk`), counted };
}

const own = (sans: string[]) =>
  selfSigned({ organization: ["VMware"], commonName: "esx1.example", sans, usage: "server" });

for (const sans of [[], ["esx1.example"], ["*.lab.example"], ["10.0.0.7"]]) {
  test(`a certificate with names [${sans.join()}] is pinned, and its connection kept`, async () => {
    const pair = await own(sans);
    const { url, counted } = await serve(pair);
    const tls = await trust(url, thumbprint(pair.certPem, "sha256"));
    const before = counted.connections;
    for (let i = 0; i < 3; i++) expect(await (await fetch(url, { tls: tls! })).text()).toBe("ok");
    expect(counted.connections - before).toBe(1);
  });
}

test("another certificate with the same names is refused", async () => {
  const { url } = await serve(await own(["esx1.example"]));
  const pinned = await own(["esx1.example"]);
  const first = await serve(pinned);
  const tls = await trust(first.url, thumbprint(pinned.certPem, "sha1"));
  expect(fetch(url, { tls: tls! })).rejects.toThrow();
  expect(trust(url, thumbprint(pinned.certPem, "sha1"))).rejects.toThrow("thumbprint");
});

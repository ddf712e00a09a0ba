import { describe, expect, test } from "bun:test";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { digestOf, dockerArchive, makeImage, ociArchive, pushImage } from "../fixtures/image.ts";
import { nginxImage } from "../fixtures/nginx.ts";
import { startRegistry, type Registry } from "../fixtures/registry.ts";
import { generateCa, issue } from "../../pki/pki.ts";
import { makeTar } from "../fixtures/tar.ts";
import { root, until, type Stand } from "../stand/stand.ts";

/** Address at which guests reach 127.0.0.1 of this machine. */
const gateway = "10.0.2.2";

/** A registry proxy that breaks the connection of a blob after some bytes, or flips a byte in it. */
function faultyProxy(upstream: Registry, port: number, fault: "break" | "flip") {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(`${upstream.url}${request.url}`, { redirect: "follow" });
      const body = Buffer.from(await answer.arrayBuffer());
      const headers = Object.fromEntries(answer.headers);
      delete headers["content-encoding"];
      const isBlob = request.url!.includes("/blobs/") && body.length > 1_000_000;
      if (isBlob && fault === "flip") body[body.length >> 1]! ^= 1;
      response.writeHead(answer.status, headers);
      if (isBlob && fault === "break")
        response.write(body.subarray(0, 100_000), () => request.socket.destroy());
      else response.end(body);
    })();
  });
  return new Promise<{ close(): void }>((done) => {
    server.listen(port, "127.0.0.1", () => done({ close: () => server.close() }));
  });
}

async function httpGet(host: string, port: number): Promise<string> {
  return new Promise((done) => {
    let text = "";
    const socket = connect({ host, port }, () => socket.write("GET / HTTP/1.0\r\n\r\n"));
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on("data", (d) => (text += d.toString()));
    socket.on("error", () => {});
    socket.on("close", () => done(text));
  });
}

/** What the VCH was told of registries. */
export interface Registries {
  /** Ports of plain HTTP ones. */
  plainPorts: [number, number];
  /** Certificate for 10.0.2.2 of a CA the VCH trusts. */
  tls: { certPem: string; keyPem: string };
}

/** Pull, load, list, remove, and what goes wrong with them. */
export function imageCases(stand: () => Stand, registries: Registries): void {
  const [port, proxyPort] = registries.plainPorts;
  const plain = () => startRegistry(join(stand().options.dir, "registry"), { port });

  describe("images", () => {
    test("are pulled from a registry, run, serve, and go", async () => {
      await using registry = await plain();
      const image = await nginxImage(join(root, "build/fixtures"));
      await pushImage(registry.url, "web/nginx", "1", image);
      const name = `${gateway}:${registry.port}/web/nginx:1`;
      const pulled = await stand().dockerOk(["pull", name]);
      expect(pulled).toContain(`Status: Downloaded newer image for ${name}`);
      expect(await stand().dockerOk(["pull", name])).toContain("Image is up to date");
      expect((await stand().dockerOk(["images", "-q", "--no-trunc", name])).trim()).toBe(
        digestOf(image.config),
      );
      await stand().dockerOk(["run", "-d", "--name", "web", "-p", "18080:80", name]);
      let page = "";
      await until("nginx to serve", 60, async () => {
        page = await httpGet(stand().address, 18080);
        return page !== "";
      });
      expect(page).toContain("served from a container in its own VM");
      const gone = await stand().docker(["exec", "web", "ls", "/etc/nginx/fastcgi.conf"]);
      expect(gone.code).not.toBe(0);
      expect((await stand().docker(["rmi", name])).stderr).toContain("conflict");
      await stand().dockerOk(["rm", "-f", "web"]);
      await stand().dockerOk(["rmi", name]);
      expect(await stand().dockerOk(["images", "-q", name])).toBe("");
    });

    test("are pulled over HTTPS from a registry whose CA is known, and from no other", async () => {
      const dir = join(stand().options.dir, "registry-tls");
      const image = makeImage([makeTar([{ path: "hello", content: "tls\n" }])], {
        Cmd: ["/hello"],
      });
      {
        await using open = await startRegistry(dir);
        await pushImage(open.url, "secure", "1", image);
      }
      const pull = async (tls: { certPem: string; keyPem: string }) => {
        await using registry = await startRegistry(dir, { tls });
        const name = `${gateway}:${registry.port}/secure:1`;
        return { name, done: await stand().docker(["pull", "-q", name]) };
      };
      const { name, done } = await pull(registries.tls);
      expect(done).toEqual({ stdout: `${name}\n`, stderr: "", code: 0 });
      await stand().dockerOk(["rmi", name]);
      const foreign = await issue(await generateCa({ organization: ["x"] }), {
        organization: ["x"],
        sans: [gateway],
        usage: "server",
      });
      const refused = await pull(foreign);
      expect(refused.done.code).toBe(1);
      expect(refused.done.stderr).toMatch(/certificate/i);
    });

    test("are loaded from a docker-archive and from an OCI archive", async () => {
      const image = makeImage([makeTar([{ path: "hello", content: "hi\n" }])], { Cmd: ["/hello"] });
      const archives = [dockerArchive(image, "loaded:docker"), ociArchive(image, "loaded:oci")];
      for (const archive of archives)
        expect(await stand().dockerOk(["load"], archive)).toContain("Loaded image");
      const ids = await stand().dockerOk(["images", "--no-trunc", "-q", "loaded"]);
      expect(new Set(ids.trim().split("\n"))).toEqual(new Set([digestOf(image.config)]));
      await stand().dockerOk(["rmi", "loaded:docker", "loaded:oci"]);
    });

    test("that are damaged or unknown are refused and leave nothing", async () => {
      const before = await stand().dockerOk(["images", "-aq"]);
      // Content that is nowhere yet: a layer that is here already would not be read again.
      const content = crypto.getRandomValues(Buffer.alloc(65_536));
      const fresh = makeImage([makeTar([{ path: "noise", content }])], { Cmd: ["/noise"] });
      const good = dockerArchive(fresh, "broken:latest");
      const cut = await stand().docker(["load"], good.subarray(0, good.length >> 1));
      expect(cut.code).toBe(1);
      const flipped = Uint8Array.from(good);
      flipped[good.length >> 1]! ^= 1;
      const wrong = await stand().docker(["load"], flipped);
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toContain("does not match");

      await using registry = await plain();
      const unknown = await stand().docker(["pull", `${gateway}:${registry.port}/no/such:1`]);
      expect(unknown.code).toBe(1);
      expect(unknown.stderr).toMatch(/manifest unknown|not found/);
      expect(await stand().dockerOk(["images", "-aq"])).toBe(before);
    });

    for (const fault of ["break", "flip"] as const) {
      test(`whose blobs ${fault} on the way are refused and leave nothing`, async () => {
        const before = await stand().dockerOk(["images", "-aq"]);
        await using registry = await plain();
        const noise = crypto.getRandomValues(Buffer.alloc(65_536));
        const content = Buffer.concat(
          Array.from({ length: 32 }, (_, i) => Buffer.from(noise.map((b) => b ^ i))),
        );
        const image = makeImage([makeTar([{ path: "noise", content }])], { Cmd: ["/noise"] });
        await pushImage(registry.url, "noise", "1", image);
        const proxy = await faultyProxy(registry, proxyPort, fault);
        const done = await stand().docker(["pull", `${gateway}:${proxyPort}/noise:1`]);
        proxy.close();
        expect(done.code).toBe(1);
        expect(done.stderr.trim()).not.toBe("");
        expect(await stand().dockerOk(["images", "-aq"])).toBe(before);
      });
    }
  });
}

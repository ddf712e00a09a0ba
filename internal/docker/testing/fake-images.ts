/** The image routes of the fake port layer: blobs are unpacked and hashed, not kept. */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import type { Env } from "../../http/connection.ts";
import { digestOf } from "../../image/digest.ts";
import type { BeginImage, Image, ImageNames } from "../../portlayer/api/types.ts";

interface Upload {
  begin: BeginImage;
  sizes: Map<number, number>;
}

/** Images by id. */
export class FakeImages {
  readonly images = new Map<string, Image>();
  readonly uploads = new Map<string, Upload>();
  #next = 1;

  routes(app: Hono<Env>): void {
    app.get("/images", (c) => c.json([...this.images.values()]));
    app.get("/images/:id", (c) => c.json(this.#find(c.req.param("id"))));
    app.delete("/images/uploads", (c) => {
      this.uploads.clear();
      return c.body(null, 204);
    });
    app.delete("/images/:id", (c) => {
      this.images.delete(this.#find(c.req.param("id")).id);
      return c.body(null, 204);
    });
    app.put("/images/:id/names", async (c) => {
      const image = this.#find(c.req.param("id"));
      this.#name(image, await c.req.json());
      return c.json(image);
    });
    app.post("/images", async (c) => {
      const begin = await c.req.json<BeginImage>();
      const image = this.images.get(digestOf(begin.config));
      if (image) return c.json({ upload: "", wanted: [], image }, 201);
      const upload = String(this.#next++);
      this.uploads.set(upload, { begin, sizes: new Map() });
      const known = new Set(
        [...this.images.values()].flatMap((i) => i.layers.map((l) => l.diffId)),
      );
      const wanted = begin.layers.flatMap((l, n) => (known.has(l.diffId) ? [] : [n]));
      return c.json({ upload, wanted }, 201);
    });
    app.put("/images/uploads/:upload/layers/:n", async (c) => {
      const upload = this.#upload(c.req.param("upload"));
      const mediaType = c.req.header("Content-Type") ?? "";
      const { diffId, sizeBytes } = await hashLayer(c.req.raw.body!, mediaType);
      upload.sizes.set(Number(c.req.param("n")), sizeBytes);
      return c.json({ diffId });
    });
    app.post("/images/uploads/:upload/commit", async (c) => {
      const { begin, sizes } = this.#upload(c.req.param("upload"));
      this.uploads.delete(c.req.param("upload"));
      const layers = begin.layers.map((l, n) => ({
        diffId: l.diffId,
        sizeBytes: sizes.get(n) ?? 0,
      }));
      const image: Image = {
        id: digestOf(begin.config),
        config: begin.config,
        tags: [],
        digests: [],
        sizeBytes: layers.reduce((sum, l) => sum + l.sizeBytes, 0),
        layers,
        storedAt: new Date().toISOString(),
      };
      this.images.set(image.id, image);
      this.#name(image, await c.req.json());
      return c.json(image);
    });
    app.delete("/images/uploads/:upload", (c) => {
      this.uploads.delete(c.req.param("upload"));
      return c.body(null, 204);
    });
  }

  #find(id: string): Image {
    const image = this.images.get(id.startsWith("sha256:") ? id : `sha256:${id}`);
    if (!image) throw new VicError("not-found", `no image ${id}`);
    return image;
  }

  #upload(id: string): Upload {
    const upload = this.uploads.get(id);
    if (!upload) throw new VicError("not-found", `no upload ${id}`);
    return upload;
  }

  #name(image: Image, names: ImageNames): void {
    for (const other of this.images.values()) {
      other.tags = other.tags.filter((tag) => !names.tags.includes(tag));
      other.digests = other.digests.filter((digest) => !names.digests.includes(digest));
    }
    Object.assign(image, names);
  }
}

async function hashLayer(body: ReadableStream<Uint8Array>, mediaType: string) {
  const format = /gzip/.test(mediaType) ? "gzip" : /zstd/.test(mediaType) ? "zstd" : undefined;
  const plain = format
    ? body.pipeThrough(
        new DecompressionStream(format as "gzip") as unknown as ReadableWritablePair<
          Uint8Array,
          Uint8Array
        >,
      )
    : body;
  const hash = new Bun.CryptoHasher("sha256");
  let sizeBytes = 0;
  for await (const chunk of plain) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { diffId: `sha256:${hash.digest("hex")}`, sizeBytes };
}

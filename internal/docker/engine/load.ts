/** `docker load`. */
import { readArchive, type ArchivedImage } from "../../image/archive.ts";
import { checkPlatform } from "../../image/manifest.ts";
import { familiar, parseReference } from "../../image/reference.ts";
import { Spool } from "../../image/spool.ts";
import type { Progress } from "../wire/progress.ts";
import type { Engine } from "./engine.ts";
import { storeImage, type LayerSource } from "./store-image.ts";

/** Loads every image of a tar stream. */
export async function loadImages(
  engine: Engine,
  body: ReadableStream<Uint8Array>,
  isQuiet: boolean,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await using spool = await Spool.unpack(body, engine.spoolDirectory, { signal });
  const images = await readArchive(spool);
  // A wrong one among them is found before the first is stored.
  for (const image of images) checkPlatform(image.parsed, image.tags[0] ?? image.id);
  for (const image of images) await loadOne(engine, image, isQuiet, progress, signal);
}

async function loadOne(
  engine: Engine,
  archived: ArchivedImage,
  isQuiet: boolean,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { id, tags, parsed } = archived;
  for (const old of (await engine.portLayer.images()).filter((i) => i.id !== id)) {
    for (const tag of tags.filter((t) => old.tags.includes(t))) {
      const stream =
        `The image ${familiar(parseReference(tag))} already exists, ` +
        `renaming the old one with ID ${old.id} to empty string\n`;
      progress.message({ stream });
    }
  }
  const layers = archived.layers.map((layer): LayerSource => {
    const shown = layer.diffId.slice("sha256:".length, "sha256:".length + 12);
    return {
      diffId: layer.diffId,
      ...(layer.digest === undefined ? {} : { digest: layer.digest }),
      sizeBytes: layer.file.sizeBytes,
      mediaType: layer.mediaType,
      open: () => {
        const stream = Bun.file(layer.file.path).stream();
        return isQuiet ? stream : counted(stream, shown, layer.file.sizeBytes, progress);
      },
    };
  });
  await engine.imageLock.run(id, () =>
    storeImage(engine, archived.config, layers, { tags, digests: [] }, signal),
  );
  if (tags.length === 0) progress.message({ stream: `Loaded image ID: ${id}\n` });
  for (const tag of tags) {
    progress.message({ stream: `Loaded image: ${familiar(parseReference(tag))}\n` });
  }
  await engine.events.emit("image", "load", id, {
    ...parsed.defaults.labels,
    name: tags[0] === undefined ? id : familiar(parseReference(tags[0])),
  });
}

function counted(
  stream: ReadableStream<Uint8Array>,
  id: string,
  total: number,
  progress: Progress,
): ReadableStream<Uint8Array> {
  let bytes = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        progress.bar("Loading layer", id, bytes, total);
        controller.enqueue(chunk);
      },
    }),
  );
}

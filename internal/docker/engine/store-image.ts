/** Writes an image into the port layer's store: all of it or nothing. */
import { VicError } from "../../errors/errors.ts";
import type { BeginImage, Image, ImageNames } from "../../portlayer/api/types.ts";
import { addNames } from "./images.ts";
import type { Engine } from "./engine.ts";

/** Layers sent at the same time. */
const layersAtOnce = 3;

/** Where a layer's bytes come from. */
export interface LayerSource {
  diffId: string;
  digest?: string;
  sizeBytes: number;
  mediaType: string;
  open(signal: AbortSignal): ReadableStream<Uint8Array>;
}

/** What happens to layer `n`, for progress. */
export interface StoreEvents {
  onPlan?(wanted: number[]): void;
  onStored?(n: number): void;
}

/** The stored image. */
export interface Stored {
  image: Image;
  /** The image or one of the names was not here before. */
  isNew: boolean;
}

/** Stores an image under these names. On any failure the upload is dropped. */
export async function storeImage(
  engine: Engine,
  config: string,
  layers: LayerSource[],
  names: ImageNames,
  signal: AbortSignal,
  events: StoreEvents = {},
): Promise<Stored> {
  const begin: BeginImage = {
    config,
    layers: layers.map(({ diffId, digest, sizeBytes }) => ({
      diffId,
      sizeBytes,
      ...(digest === undefined ? {} : { digest }),
    })),
  };
  const upload = await engine.portLayer.beginImage(begin, signal);
  if (upload.image) {
    events.onPlan?.([]);
    const { image, isChanged } = await addNames(engine, upload.image.id, names);
    return { image, isNew: isChanged };
  }
  try {
    events.onPlan?.(upload.wanted);
    await sendLayers(engine, upload.upload, upload.wanted, layers, signal, events);
    if (signal.aborted) throw new VicError("cancelled", "cancelled");
    const image = await engine.imageLock.run("names", () =>
      engine.portLayer.commitImage(upload.upload, names),
    );
    return { image, isNew: true };
  } catch (error) {
    // The first error is what the user must see; the port layer drops the upload at its next start in any case.
    await engine.portLayer.abortImage(upload.upload).catch(() => {});
    throw error;
  }
}

/** A few workers; the first failure stops the others. */
async function sendLayers(
  engine: Engine,
  upload: string,
  wanted: number[],
  layers: LayerSource[],
  outer: AbortSignal,
  events: StoreEvents,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const queue = [...wanted];
  let failure: unknown;
  const worker = async () => {
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      const layer = layers[n];
      if (!layer) throw new VicError("internal", `the port layer wants layer ${n}`);
      await sendLayer(engine, upload, n, layer, signal);
      events.onStored?.(n);
    }
  };
  const workers = Array.from({ length: layersAtOnce }, () =>
    worker().catch((error: unknown) => {
      failure ??= error;
      queue.length = 0;
      stop.abort();
    }),
  );
  await Promise.all(workers);
  if (failure !== undefined) throw failure;
}

async function sendLayer(
  engine: Engine,
  upload: string,
  n: number,
  layer: LayerSource,
  signal: AbortSignal,
): Promise<void> {
  let sourceError: unknown;
  const source = layer.open(signal).getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await source.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          // fetch reports a failing body as a failing connection: keep what really happened.
          sourceError ??= error;
          throw error;
        }
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  let diffId: string;
  try {
    ({ diffId } = await engine.portLayer.putLayer(upload, n, body, layer.mediaType, signal));
  } catch (error) {
    throw sourceError ?? error;
  } finally {
    void source.cancel().catch(() => {});
  }
  if (sourceError !== undefined) throw sourceError;
  if (diffId !== layer.diffId) {
    throw new VicError(
      "damaged",
      `layer ${layer.digest ?? n} unpacks to ${diffId}, the image config says ${layer.diffId}`,
    );
  }
}

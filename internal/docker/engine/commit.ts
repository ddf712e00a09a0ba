/** `docker commit`: an image of what a container changed, on top of its own. */
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { VicError } from "../../errors/errors.ts";
import { layersMax, parseImageConfig } from "../../image/config.ts";
import { spoolPrefix } from "../../image/spool.ts";
import { canonical, familiar, parseReference, withDefaultTag } from "../../image/reference.ts";
import type { Container, Image } from "../../portlayer/api/types.ts";
import { applyChanges, type CommitConfig } from "./commit-changes.ts";
import type { Engine } from "./engine.ts";
import { attributesOf } from "./lifecycle.ts";
import { findContainer } from "./lookup.ts";
import { storeImage, type LayerSource } from "./store-image.ts";

const layerType = "application/vnd.docker.image.rootfs.diff.tar";
/** The diff ID of an archive without entries: a container that changed nothing adds no layer. */
const emptyArchiveBytes = 1024;
/** What of a container's config is about this run of it and not about the image. */
const ownFields = [
  "Hostname",
  "Domainname",
  "Image",
  "AttachStdin",
  "AttachStdout",
  "AttachStderr",
];

/** Parameters of POST /commit. */
export interface CommitOptions {
  container: string;
  /** "" for an image without a name. */
  repo: string;
  tag: string;
  comment: string;
  author: string;
  /** Hold the container while its files are read. */
  pause: boolean;
  changes: string[];
  /** Fields that replace those of the container's config. */
  config: CommitConfig;
}

/** Makes the image; gives its id. */
export async function commitContainer(
  engine: Engine,
  options: CommitOptions,
  signal: AbortSignal,
): Promise<string> {
  const container = await findContainer(engine, options.container);
  const { record } = container;
  const name = imageName(options);
  const base = await engine.portLayer.image(record.imageId, signal);
  const config = imageSettings(container, options);
  await mkdir(engine.spoolDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(engine.spoolDirectory, spoolPrefix));
  try {
    const path = join(folder, "layer.tar");
    const layer = await spoolLayer(engine, record.id, { path, hold: options.pause }, signal);
    const text = imageConfig(base, container, config, layer, options);
    const layers = [...base.layers.map(inherited), ...(layer ? [layer] : [])];
    const names = { tags: name === undefined ? [] : [name], digests: [] };
    const { image } = await storeImage(engine, text, layers, names, signal);
    await engine.events.emit("container", "commit", record.id, {
      ...attributesOf(record),
      comment: options.comment,
      imageID: image.id,
      imageRef: name === undefined ? "" : familiar(parseReference(name)),
    });
    return image.id;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function imageName({ repo, tag }: CommitOptions): string | undefined {
  if (repo === "") return undefined;
  return canonical(withDefaultTag(parseReference(tag === "" ? repo : `${repo}:${tag}`)));
}

/** The container's settings, with what the request changes. */
function imageSettings({ record }: Container, options: CommitOptions): CommitConfig {
  const own = record.docker.config as CommitConfig;
  const kept = Object.entries(own).filter(([field]) => !ownFields.includes(field));
  const given = Object.entries(options.config).filter(([, value]) => !isNothing(value));
  const config = applyChanges(Object.fromEntries([...kept, ...given]), options.changes);
  // As in a Dockerfile, a new entrypoint does not take the old one's arguments.
  const isChanged = (field: "Cmd" | "Entrypoint") => !Bun.deepEquals(config[field], own[field]);
  if (isChanged("Entrypoint") && !isChanged("Cmd")) config.Cmd = null;
  return config;
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Writes the container's changes to a file; undefined when there are none. `hold`: its processes stand still meanwhile. */
async function spoolLayer(
  engine: Engine,
  id: string,
  { path, hold }: { path: string; hold: boolean },
  signal: AbortSignal,
): Promise<LayerSource | undefined> {
  const hash = new Bun.CryptoHasher("sha256");
  let sizeBytes = 0;
  const bytes = await engine.portLayer.readFiles(id, { kind: "layer", hold }, signal);
  const counted = bytes.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  );
  await pipeline(Readable.fromWeb(counted as never), createWriteStream(path, { mode: 0o600 }));
  if (sizeBytes <= emptyArchiveBytes) return undefined;
  const diffId = `sha256:${hash.digest("hex")}`;
  return { diffId, sizeBytes, mediaType: layerType, open: () => Bun.file(path).stream() };
}

/** A layer that is here already; the port layer asks for it only when the chain of disks is too long to go on. */
function inherited({ diffId, sizeBytes }: Image["layers"][number]): LayerSource {
  return {
    diffId,
    sizeBytes,
    mediaType: layerType,
    open() {
      throw new VicError("unsupported", "the image is made of too many commits", {
        hint: "export the container and import it as one layer",
      });
    },
  };
}

function imageConfig(
  base: Image,
  container: Container,
  config: CommitConfig,
  layer: LayerSource | undefined,
  { author, comment }: CommitOptions,
): string {
  const parent = JSON.parse(base.config) as Record<string, unknown>;
  const { diffIds } = parseImageConfig(base.config);
  if (diffIds.length + 1 > layersMax)
    throw new VicError("invalid", `an image has at most ${layersMax} layers`);
  const created = new Date().toISOString();
  const own = container.record.docker.config as CommitConfig;
  const entry = {
    created,
    created_by: (own.Cmd ?? []).join(" "),
    ...(author === "" ? {} : { author }),
    ...(comment === "" ? {} : { comment }),
    ...(layer ? {} : { empty_layer: true }),
  };
  const history = Array.isArray(parent["history"]) ? (parent["history"] as unknown[]) : [];
  const { container: _, container_config: __, id: ___, parent: ____, ...kept } = parent;
  return JSON.stringify({
    ...kept,
    created,
    author,
    comment,
    config,
    history: [...history, entry],
    rootfs: { type: "layers", diff_ids: [...diffIds, ...(layer ? [layer.diffId] : [])] },
  });
}

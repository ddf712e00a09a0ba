/**
 * What an image archive holds: `docker save` of every age (manifest.json, with or without the OCI layout around it)
 * and plain OCI layouts (index.json).
 */
import { VicError } from "../errors/errors.ts";
import { configMaxBytes, parseImageConfig, type ImageConfig } from "./config.ts";
import { digestOf, verifyDigest } from "./digest.ts";
import { objectOf, parseObject, stringOf, stringsOf } from "./json.ts";
import {
  choosePlatform,
  manifestMaxBytes,
  parseManifest,
  vmPlatform,
  type Descriptor,
  type Manifest,
} from "./manifest.ts";
import { canonical, parseReference, withDefaultTag } from "./reference.ts";
import { compressionOf, type Spool, type SpooledFile } from "./spool.ts";

const imagesMax = 100;
const indexDepthMax = 4;

/** One layer of an archived image. */
export interface ArchivedLayer {
  diffId: string;
  file: SpooledFile;
  mediaType: string;
  /** Digest of the file, where the archive's manifest states one. */
  digest?: string;
}

/** One image of an archive. */
export interface ArchivedImage {
  id: string;
  config: string;
  parsed: ImageConfig;
  layers: ArchivedLayer[];
  /** Normalised references with tag. */
  tags: string[];
}

/** Reads the tables of contents; every blob they name is present and of the stated size afterwards. */
export async function readArchive(spool: Spool): Promise<ArchivedImage[]> {
  const docker = await spool.read("manifest.json", manifestMaxBytes);
  if (docker) return readDockerArchive(spool, docker);
  const index = await spool.read("index.json", manifestMaxBytes);
  if (index) return readOciLayout(spool, index);
  throw new VicError("damaged", "the archive has neither manifest.json nor index.json", {
    hint: "make it with docker save",
  });
}

async function readDockerArchive(spool: Spool, bytes: Uint8Array): Promise<ArchivedImage[]> {
  const { images } = parseObject(
    `{"images":${new TextDecoder().decode(bytes)}}`,
    "manifest.json of the archive",
  );
  if (!Array.isArray(images) || images.length > imagesMax) {
    throw new VicError("damaged", "manifest.json of the archive is no list of images");
  }
  const found: ArchivedImage[] = [];
  for (const item of images) {
    const entry = objectOf(item) ?? {};
    const config = await needSmall(spool, stringOf(entry.Config));
    const files = stringsOf(entry.Layers, "Layers in manifest.json").map((n) => need(spool, n));
    const tags = stringsOf(entry.RepoTags, "RepoTags in manifest.json");
    const layers: Omit<ArchivedLayer, "diffId">[] = [];
    for (const file of files) layers.push({ file, mediaType: await sniffLayer(spool, file) });
    found.push(toImage(config, layers, tags));
  }
  return found;
}

async function readOciLayout(spool: Spool, bytes: Uint8Array): Promise<ArchivedImage[]> {
  const index = parseManifest(bytes, "application/vnd.oci.image.index.v1+json");
  if (index.kind !== "index") throw new VicError("damaged", "index.json is no index");
  if (index.manifests.length > imagesMax) {
    throw new VicError("damaged", `the archive has more than ${imagesMax} images`);
  }
  const found: ArchivedImage[] = [];
  for (const descriptor of index.manifests) {
    const manifest = await readManifest(spool, descriptor, 0);
    const config = await needSmall(spool, blobName(manifest.config.digest));
    verifyDigest(config, manifest.config.digest, "image config");
    const layers = manifest.layers.map((layer) => {
      const file = need(spool, blobName(layer.digest));
      if (file.sizeBytes !== layer.sizeBytes) {
        throw new VicError("damaged", `layer ${layer.digest} in the archive has a wrong size`);
      }
      return { file, mediaType: layer.mediaType, digest: layer.digest };
    });
    const name = stringOf(descriptor.annotations["io.containerd.image.name"]);
    const short = stringOf(descriptor.annotations["org.opencontainers.image.ref.name"]);
    // ref.name is by convention only a tag; skopeo and podman write whole names there.
    const tag = name || (short.includes("/") || short.includes(":") ? short : "");
    found.push(toImage(config, layers, tag ? [tag] : []));
  }
  return found;
}

async function readManifest(spool: Spool, from: Descriptor, depth: number): Promise<Manifest> {
  if (depth > indexDepthMax) throw new VicError("damaged", "indexes are nested too deeply");
  const bytes = await needSmall(spool, blobName(from.digest));
  verifyDigest(bytes, from.digest, "manifest");
  const manifest = parseManifest(bytes, from.mediaType);
  if (manifest.kind === "manifest") return manifest;
  return readManifest(spool, choosePlatform(manifest, vmPlatform, "the archive"), depth + 1);
}

function toImage(
  bytes: Uint8Array,
  layers: Omit<ArchivedLayer, "diffId">[],
  tags: string[],
): ArchivedImage {
  const parsed = parseImageConfig(bytes);
  if (parsed.diffIds.length !== layers.length) {
    throw new VicError(
      "damaged",
      `the archive has ${layers.length} layers for an image of ${parsed.diffIds.length}`,
    );
  }
  return {
    id: digestOf(bytes),
    config: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    parsed,
    layers: layers.map((layer, i) => ({ ...layer, diffId: parsed.diffIds[i]! })),
    tags: tags.map((tag) => canonical(withDefaultTag(parseReference(tag)))),
  };
}

function blobName(digest: string): string {
  return `blobs/sha256/${digest.slice("sha256:".length)}`;
}

function need(spool: Spool, name: string): SpooledFile {
  const file = spool.file(name);
  if (!file) throw new VicError("damaged", `the archive lacks ${name || "a file"}`);
  return file;
}

async function needSmall(spool: Spool, name: string): Promise<Uint8Array> {
  need(spool, name);
  return (await spool.read(name, configMaxBytes))!;
}

/** manifest.json does not say how a layer is packed. */
async function sniffLayer(spool: Spool, file: SpooledFile): Promise<string> {
  const format = compressionOf(await spool.peek(file, 6));
  if (format === undefined) return "application/vnd.oci.image.layer.v1.tar";
  if (format === "gzip" || format === "zstd") {
    return `application/vnd.oci.image.layer.v1.tar+${format}`;
  }
  throw new VicError("unsupported", `a layer in the archive is packed with ${format}`);
}

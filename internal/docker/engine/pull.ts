/** `docker pull`. */
import { VicError } from "../../errors/errors.ts";
import { parseImageConfig } from "../../image/config.ts";
import { digestOf } from "../../image/digest.ts";
import {
  checkPlatform,
  choosePlatform,
  parseManifest,
  vmPlatform,
  type Descriptor,
  type Manifest,
  type Platform,
} from "../../image/manifest.ts";
import {
  canonical,
  familiar,
  familiarName,
  repository,
  type Reference,
} from "../../image/reference.ts";
import type { Credentials } from "../../registry/auth.ts";
import { RegistryClient } from "../../registry/client.ts";
import type { Progress } from "../wire/progress.ts";
import type { Engine } from "./engine.ts";
import { storeImage, type LayerSource } from "./store-image.ts";

const layerTypes =
  /^application\/vnd\.(?:docker\.image\.rootfs\.diff\.tar|oci\.image\.layer\.v1\.tar)(?:[.+](?:gzip|zstd))?$/;
const tagsMax = 1000;

/** What to pull. */
export interface PullRequest {
  /** Without tag and digest: every tag. */
  reference: Reference;
  credentials: Credentials | undefined;
  platform: Platform | undefined;
}

/** Pulls, telling `progress` what a docker CLI wants to hear. */
export async function pullImage(
  engine: Engine,
  request: PullRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { reference, credentials } = request;
  const client = new RegistryClient(reference.domain, engine.registries, credentials);
  if (reference.tag !== undefined || reference.digest !== undefined) {
    return pullOne(engine, client, request, progress, signal);
  }
  const tags = await client
    .tags(reference.path, signal)
    .catch((error: unknown) => Promise.reject(pullError(error, reference)));
  if (tags.length > tagsMax) {
    throw new VicError("invalid", `${familiarName(reference)} has more than ${tagsMax} tags`);
  }
  for (const tag of tags) {
    const one = { ...request, reference: { ...reference, tag } };
    await pullOne(engine, client, one, progress, signal);
  }
}

async function pullOne(
  engine: Engine,
  client: RegistryClient,
  request: PullRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { reference } = request;
  const name = familiar(reference);
  const platform = request.platform ?? vmPlatform;
  try {
    const wanted = reference.digest ?? reference.tag ?? "latest";
    const top = await client.manifest(reference.path, wanted, signal);
    const manifest = await resolve(client, reference, top, platform, signal);
    progress.status(`Pulling from ${reference.path}`, reference.tag ?? wanted);
    const bytes = await client.config(reference.path, manifest.config, signal);
    const config = parseImageConfig(bytes);
    checkPlatform(config, name);
    if (config.diffIds.length !== manifest.layers.length) {
      throw new VicError(
        "damaged",
        `image ${name} has ${manifest.layers.length} layers, its config names ${config.diffIds.length}`,
      );
    }
    const layers = manifest.layers.map((layer, n) =>
      layerSource(client, reference.path, layer, config.diffIds[n]!, progress),
    );
    const names = {
      tags:
        reference.tag === undefined
          ? []
          : [canonical({ ...untagged(reference), tag: reference.tag })],
      digests: [`${repository(reference)}@${top.digest}`],
    };
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const { image, isNew } = await engine.imageLock.run(digestOf(bytes), () =>
      storeImage(engine, text, layers, names, signal, {
        onPlan: (plan) => announce(manifest.layers, plan, progress),
        onStored: (n) => progress.status("Pull complete", shortId(manifest.layers[n]!)),
      }),
    );
    progress.status(`Digest: ${top.digest}`);
    progress.status(
      isNew
        ? `Status: Downloaded newer image for ${name}`
        : `Status: Image is up to date for ${name}`,
    );
    await engine.events.emit("image", "pull", name, {
      ...config.defaults.labels,
      name: familiarName(reference),
      imageId: image.id,
    });
  } catch (error) {
    throw pullError(error, reference);
  }
}

/** The one image of a manifest or index. */
async function resolve(
  client: RegistryClient,
  reference: Reference,
  top: { bytes: Uint8Array; mediaType: string },
  platform: Platform,
  signal: AbortSignal,
): Promise<Manifest> {
  const first = parseManifest(top.bytes, top.mediaType);
  if (first.kind === "manifest") return checkLayerTypes(first);
  const chosen = choosePlatform(first, platform, familiar(reference));
  const { bytes, mediaType } = await client.manifest(reference.path, chosen.digest, signal);
  const second = parseManifest(bytes, mediaType);
  if (second.kind !== "manifest") throw new VicError("damaged", "an index names another index");
  return checkLayerTypes(second);
}

function checkLayerTypes(manifest: Manifest): Manifest {
  const strange = manifest.layers.find((layer) => !layerTypes.test(layer.mediaType));
  if (strange) {
    throw new VicError("unsupported", `a layer is of the media type ${strange.mediaType}`, {
      hint: "this is no container image, or one for another system",
    });
  }
  return manifest;
}

function layerSource(
  client: RegistryClient,
  path: string,
  layer: Descriptor,
  diffId: string,
  progress: Progress,
): LayerSource {
  const id = shortId(layer);
  return {
    diffId,
    digest: layer.digest,
    sizeBytes: layer.sizeBytes,
    mediaType: layer.mediaType,
    open: (signal) =>
      client.blob(path, layer, {
        signal,
        onProgress: (bytes) => {
          if (bytes < layer.sizeBytes)
            return progress.bar("Downloading", id, bytes, layer.sizeBytes);
          progress.status("Verifying Checksum", id);
          progress.status("Download complete", id);
          progress.status("Extracting", id);
        },
        onRetry: (_error, waitMs) =>
          progress.status(`Retrying in ${Math.ceil(waitMs / 1000)} seconds`, id),
      }),
  };
}

function announce(layers: Descriptor[], wanted: number[], progress: Progress): void {
  layers.forEach((layer, n) => {
    progress.status(wanted.includes(n) ? "Pulling fs layer" : "Already exists", shortId(layer));
  });
}

function shortId(layer: Descriptor): string {
  return layer.digest.slice("sha256:".length, "sha256:".length + 12);
}

function untagged(reference: Reference): Reference {
  return { domain: reference.domain, path: reference.path };
}

/** dockerd's words for what a registry answers. */
function pullError(error: unknown, reference: Reference): VicError {
  const e = VicError.from(error);
  const code = e.detail.registryCode;
  if (code === "MANIFEST_UNKNOWN" || (e.code === "not-found" && code === "")) {
    return new VicError("not-found", `manifest for ${familiar(reference)} not found: ${e.message}`);
  }
  if (code === "DENIED" || code === "UNAUTHORIZED") {
    return new VicError(
      "not-found",
      `pull access denied for ${familiarName(reference)}, ` +
        `repository does not exist or may require 'docker login': ${e.message}`,
    );
  }
  if (code === "NAME_UNKNOWN") {
    return new VicError(
      "not-found",
      `repository ${familiarName(reference)} not found: ${e.message}`,
    );
  }
  if (code === "TOOMANYREQUESTS") return new VicError("unavailable", e.message, { cause: e });
  return e;
}

/** Finding containers and images by what a user calls them. */
import { VicError } from "../../errors/errors.ts";
import {
  canonical,
  familiar,
  parseReference,
  repository,
  withDefaultTag,
} from "../../image/reference.ts";
import type { Container, Image } from "../../portlayer/api/types.ts";
import type { Engine } from "./engine.ts";

/** The container with this id, unique prefix of an id, or name. */
export async function findContainer(engine: Engine, ref: string): Promise<Container> {
  if (ref === "") throw new VicError("invalid", 'invalid name or ID supplied: ""');
  const name = ref.replace(/^\//, "");
  if (name === "") throw new VicError("not-found", `No such container: ${ref}`);
  try {
    return await engine.portLayer.container(name);
  } catch (error) {
    const { code } = VicError.from(error);
    if (code === "not-found") throw new VicError("not-found", `No such container: ${ref}`);
    if (code === "conflict" || code === "invalid") {
      const message = `multiple IDs found with provided prefix: ${ref}`;
      throw new VicError("invalid", message, { cause: error });
    }
    throw error;
  }
}

/** Throws for a container that has no processes because it waits for its restart. */
export function checkNotRestarting({ isRestarting, record }: Container): void {
  if (!isRestarting) return;
  throw new VicError(
    "conflict",
    `Container ${record.id} is restarting, wait until the container is running`,
  );
}

/** An image and how it was named. */
export interface FoundImage {
  image: Image;
  /** The stored name that was meant; undefined when it was found by id. */
  name: string | undefined;
}

/** The image with this reference, id, or unique prefix of an id. */
export async function findImage(engine: Engine, ref: string): Promise<FoundImage> {
  return findImageIn(await engine.portLayer.images(), ref);
}

/** {@link findImage} in a list at hand. */
export function findImageIn(images: Image[], ref: string): FoundImage {
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(ref)?.[1];
  if (hex !== undefined) {
    const image = images.find((i) => i.id === `sha256:${hex}`);
    if (image) return { image, name: undefined };
    throw noSuchImage(ref);
  }
  const named = findNamed(images, ref);
  if (named) return named;
  const prefix = /^(?:sha256:)?([0-9a-f]{1,63})$/.exec(ref)?.[1];
  if (prefix !== undefined) {
    const matches = images.filter((i) => i.id.startsWith(`sha256:${prefix}`));
    if (matches.length > 1) {
      throw new VicError("invalid", `ambiguous image reference: ${ref}`);
    }
    if (matches[0]) return { image: matches[0], name: undefined };
  }
  throw noSuchImage(ref);
}

function findNamed(images: Image[], ref: string): FoundImage | undefined {
  let reference;
  try {
    reference = withDefaultTag(parseReference(ref));
  } catch (error) {
    if (/^sha256:[0-9a-f]*$/.test(ref)) return undefined;
    throw error;
  }
  // With a digest the tag says nothing: the digest alone tells which image is meant.
  const name = reference.digest
    ? `${repository(reference)}@${reference.digest}`
    : canonical(reference);
  const image = images.find((i) => i.tags.includes(name) || i.digests.includes(name));
  return image && { image, name };
}

function noSuchImage(ref: string): VicError {
  let shown = ref;
  try {
    shown = familiar(withDefaultTag(parseReference(ref)));
  } catch {
    // An id, or no reference at all: shown as it was given.
  }
  return new VicError("not-found", `No such image: ${shown}`);
}

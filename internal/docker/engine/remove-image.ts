/** `docker rmi` and `docker image prune`: names go one by one, the image with its last one. */
import { VicError } from "../../errors/errors.ts";
import { layerChain } from "../../image/chain.ts";
import { parseImageConfig } from "../../image/config.ts";
import { familiar, parseReference, repository } from "../../image/reference.ts";
import type { Container, Image } from "../../portlayer/api/types.ts";
import type { Filters } from "../wire/filters.ts";
import { parseTimestamp } from "../wire/time.ts";
import type { Engine } from "./engine.ts";
import { findImage } from "./lookup.ts";

/** One line of the answer. */
export type Removed = { Untagged: string } | { Deleted: string };

/** DELETE /images/:name */
export async function removeImage(engine: Engine, ref: string, force: boolean): Promise<Removed[]> {
  return engine.imageLock.run("names", async () => {
    const { image, name } = await findImage(engine, ref);
    const users = (await engine.portLayer.containers()).filter(
      (c) => c.record.imageId === image.id,
    );
    return name === undefined
      ? removeById(engine, image, users, force)
      : removeByName(engine, image, name, users, force);
  });
}

async function removeByName(
  engine: Engine,
  image: Image,
  name: string,
  users: Container[],
  force: boolean,
): Promise<Removed[]> {
  const rest = without(image, name);
  const isLast = rest.tags.length === 0 && rest.digests.length === 0;
  if (!isLast) return untag(engine, image, rest);
  const user = users[0];
  if (user && !force) {
    throw new VicError(
      "conflict",
      `conflict: unable to remove repository reference "${familiar(parseReference(name))}" ` +
        `(must force) - container ${user.record.id.slice(0, 12)} is using its referenced image ` +
        image.id.slice(7, 19),
    );
  }
  const removed = await untag(engine, image, rest);
  // With force the name goes although a container still needs the image, which then stays without one.
  if (user) return removed;
  return [...removed, ...(await deleteUnused(engine, image))];
}

async function removeById(
  engine: Engine,
  image: Image,
  users: Container[],
  force: boolean,
): Promise<Removed[]> {
  const shortId = image.id.slice(7, 19);
  const names = [...image.tags, ...image.digests].map(parseReference);
  const running = users.find((c) => c.status === "running");
  const user = running ?? users[0];
  if (user) {
    const how = user.status === "running" ? "running" : "stopped";
    // dockerd lets --force delete an image under a stopped container; here the container's disk stands on it.
    throw new VicError(
      "conflict",
      `conflict: unable to delete ${shortId} (cannot be forced) - image is being used by ` +
        `${how} container ${user.record.id.slice(0, 12)}`,
    );
  }
  if (image.tags.length > 1 || new Set(names.map(repository)).size > 1) {
    if (!force) {
      throw new VicError(
        "conflict",
        `conflict: unable to delete ${shortId} (must be forced) - ` +
          "image is referenced in multiple repositories",
      );
    }
  }
  const removed = await untag(engine, image, { tags: [], digests: [] });
  return [...removed, ...(await deleteUnused(engine, image))];
}

/** The names without this one; the last tag of a repository takes the repository's digests with it. */
function without(image: Image, name: string): { tags: string[]; digests: string[] } {
  const tags = image.tags.filter((tag) => tag !== name);
  let digests = image.digests.filter((digest) => digest !== name);
  const gone = parseReference(name);
  const isSameRepository = (other: string) =>
    repository(parseReference(other)) === repository(gone);
  if (gone.tag !== undefined && !tags.some(isSameRepository)) {
    digests = digests.filter((digest) => !isSameRepository(digest));
  }
  return { tags, digests };
}

async function untag(
  engine: Engine,
  image: Image,
  rest: { tags: string[]; digests: string[] },
): Promise<Removed[]> {
  const gone = [
    ...image.tags.filter((tag) => !rest.tags.includes(tag)),
    ...image.digests.filter((digest) => !rest.digests.includes(digest)),
  ];
  if (gone.length > 0) await engine.portLayer.setImageNames(image.id, rest);
  const names = gone.map((name) => familiar(parseReference(name)));
  for (const name of names) await engine.events.emit("image", "untag", image.id, { name });
  return names.map((name) => ({ Untagged: name }));
}

/** Deletes it, with the layers that no other image has. A container that has come meanwhile keeps it, without names. */
async function deleteUnused(engine: Engine, image: Image): Promise<Removed[]> {
  try {
    await engine.portLayer.removeImage(image.id);
  } catch (error) {
    if (VicError.from(error).code === "conflict") return [];
    throw error;
  }
  await engine.events.emit("image", "delete", image.id, { name: image.id });
  const chain = ({ config }: Image) => layerChain(parseImageConfig(config).diffIds);
  const kept = new Set((await engine.portLayer.images()).flatMap(chain));
  const layers = chain(image).filter((id) => !kept.has(id));
  return [image.id, ...layers.toReversed()].map((id) => ({ Deleted: id }));
}

/** `docker image prune`: dangling images, or with `dangling=false` all that no container uses. */
export async function pruneImages(
  engine: Engine,
  filters: Filters,
): Promise<{ removed: Removed[]; reclaimedBytes: number }> {
  const isDanglingOnly = filters.bool("dangling") ?? true;
  const until = filters.get("until").map(parseTimestamp);
  return engine.imageLock.run("names", async () => {
    const used = new Set((await engine.portLayer.containers()).map((c) => c.record.imageId));
    const removed: Removed[] = [];
    let reclaimedBytes = 0;
    for (const image of await engine.portLayer.images()) {
      const config = parseImageConfig(image.config);
      const created = BigInt(Date.parse(config.created) || 0) * 1_000_000n;
      const isWanted =
        !used.has(image.id) &&
        (!isDanglingOnly || image.tags.length === 0) &&
        until.every((limit) => created < limit) &&
        filters.labels(config.defaults.labels) &&
        !(filters.has("label!") && filters.labels(config.defaults.labels, "label!"));
      if (!isWanted) continue;
      removed.push(...(await untag(engine, image, { tags: [], digests: [] })));
      const deleted = await deleteUnused(engine, image);
      if (deleted.length > 0) reclaimedBytes += image.sizeBytes;
      removed.push(...deleted);
    }
    return { removed, reclaimedBytes };
  });
}

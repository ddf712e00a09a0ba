/** `docker images`, inspect, history, tag, prune. */
import { VicError } from "../../errors/errors.ts";
import { parseImageConfig, type ImageConfig } from "../../image/config.ts";
import {
  canonical,
  familiar,
  familiarName,
  parseReference,
  withDefaultTag,
  withTag,
  type Reference,
} from "../../image/reference.ts";
import type { Image } from "../../portlayer/api/types.ts";
import type { Filters } from "../wire/filters.ts";
import { never, parseTimestamp, unixSeconds } from "../wire/time.ts";
import type { Engine } from "./engine.ts";
import { storageDriver } from "./identity.ts";
import { findImage, findImageIn } from "./lookup.ts";

/** Filter keys `docker images` knows. */
export const imageFilters = [
  "before",
  "dangling",
  "label",
  "label!",
  "reference",
  "since",
  "until",
];

/** GET /images/json, newest first. */
export async function listImages(engine: Engine, filters: Filters, apiMinor: number) {
  const images = (await engine.portLayer.images()).map((image) => ({
    image,
    config: parseImageConfig(image.config),
  }));
  const created = (key: string) =>
    filters.get(key).map((ref) => {
      const { image } = findImageIn(
        images.map((i) => i.image),
        ref,
      );
      return Date.parse(parseImageConfig(image.config).created) || 0;
    });
  const before = created("before");
  const since = created("since");
  const until = filters.get("until").map(parseTimestamp);
  const dangling = filters.bool("dangling");
  return images
    .filter(({ image, config }) => {
      const at = Date.parse(config.created) || 0;
      return (
        before.every((limit) => at < limit) &&
        since.every((limit) => at > limit) &&
        until.every((limit) => BigInt(at) * 1_000_000n < limit) &&
        (dangling === undefined || dangling === (image.tags.length === 0)) &&
        filters.labels(config.defaults.labels) &&
        !(filters.has("label!") && filters.labels(config.defaults.labels, "label!"))
      );
    })
    .map(({ image, config }) => ({ image, config, names: shownNames(image, filters) }))
    .filter(
      ({ names }) => !filters.has("reference") || names.tags.length + names.digests.length > 0,
    )
    .sort((a, b) => unixSeconds(b.config.created) - unixSeconds(a.config.created))
    .map((item) => summary(item, apiMinor));
}

function shownNames(image: Image, filters: Filters): { tags: string[]; digests: string[] } {
  const shown = (names: string[]) =>
    names
      .map(parseReference)
      .filter((name) => filters.some("reference", (pattern) => matchesName(pattern, name)))
      .map(familiar);
  return { tags: shown(image.tags), digests: shown(image.digests) };
}

/** Docker's `reference` filter: a glob on the whole familiar name or on the repository alone. */
function matchesName(pattern: string, name: Reference): boolean {
  const glob = globPattern(pattern);
  return glob.test(familiar(name)) || glob.test(familiarName(name));
}

function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
  try {
    return new RegExp(`^${source}$`);
  } catch {
    throw new VicError("invalid", `invalid filter 'reference=${glob}'`);
  }
}

function summary(
  item: { image: Image; config: ImageConfig; names: { tags: string[]; digests: string[] } },
  apiMinor: number,
) {
  const { image, config, names } = item;
  // Before 1.43 an image without a name was listed with a made-up one.
  const none = apiMinor < 43 && names.tags.length + names.digests.length === 0;
  return {
    Id: image.id,
    ParentId: "",
    RepoTags: none ? ["<none>:<none>"] : names.tags,
    RepoDigests: none ? ["<none>@<none>"] : names.digests,
    Created: unixSeconds(config.created),
    Size: image.sizeBytes,
    SharedSize: -1,
    ...(apiMinor < 44 ? { VirtualSize: image.sizeBytes } : {}),
    Labels: Object.keys(config.defaults.labels).length === 0 ? null : config.defaults.labels,
    Containers: -1,
  };
}

/** What an image's configuration says before 1.50 of what is only a container's or was not set. */
const emptyConfig = {
  Hostname: "",
  Domainname: "",
  User: "",
  AttachStdin: false,
  AttachStdout: false,
  AttachStderr: false,
  Tty: false,
  OpenStdin: false,
  StdinOnce: false,
  Env: null,
  Cmd: null,
  Image: "",
  Volumes: null,
  WorkingDir: "",
  Entrypoint: null,
  OnBuild: null,
  Labels: null,
};

/** GET /images/:name/json */
export async function inspectImage(engine: Engine, ref: string, apiMinor: number) {
  const { image } = await findImage(engine, ref);
  const config = parseImageConfig(image.config);
  const { config: raw } = JSON.parse(image.config) as { config?: Record<string, unknown> };
  return {
    Id: image.id,
    RepoTags: image.tags.map((name) => familiar(parseReference(name))),
    RepoDigests: image.digests.map((name) => familiar(parseReference(name))),
    Parent: "",
    Comment: config.comment || (config.history.at(-1)?.comment ?? ""),
    Created: config.created || never,
    DockerVersion: config.dockerVersion,
    Author: config.author,
    Config: apiMinor < 50 ? { ...emptyConfig, ...raw } : (raw ?? {}),
    Architecture: config.architecture,
    ...(config.variant === "" ? {} : { Variant: config.variant }),
    Os: config.os,
    Size: image.sizeBytes,
    ...(apiMinor < 44 ? { VirtualSize: image.sizeBytes } : {}),
    GraphDriver: { Name: storageDriver, Data: null },
    RootFS: { Type: "layers", Layers: config.diffIds },
    Metadata: { LastTagTime: image.storedAt },
  };
}

/** GET /images/:name/history, newest first. */
export async function imageHistory(engine: Engine, ref: string) {
  const { image } = await findImage(engine, ref);
  const config = parseImageConfig(image.config);
  let layer = 0;
  const entries = config.history.map((entry) => ({
    Id: "<missing>",
    Created: unixSeconds(entry.created),
    CreatedBy: entry.createdBy,
    Tags: null as string[] | null,
    Size: entry.isEmptyLayer ? 0 : (image.layers[layer++]?.sizeBytes ?? 0),
    Comment: entry.comment,
  }));
  const newest = entries.at(-1);
  if (newest) {
    newest.Id = image.id;
    newest.Tags = image.tags.map((name) => familiar(parseReference(name)));
  }
  return entries.reverse();
}

/** `docker tag`. */
export async function tagImage(engine: Engine, ref: string, repo: string, tag: string) {
  const named = parseReference(repo);
  const target = withDefaultTag(tag === "" ? named : withTag(named, tag));
  if (target.digest !== undefined) {
    throw new VicError("invalid", "refusing to create a tag with a digest reference");
  }
  if (target.domain === "docker.io" && target.path === "library/sha256") {
    throw new VicError(
      "invalid",
      "refusing to create an ambiguous tag using digest algorithm as name",
    );
  }
  const { image } = await findImage(engine, ref);
  await addNames(engine, image.id, { tags: [canonical(target)], digests: [] });
  await engine.events.emit("image", "tag", image.id, { name: familiar(target) });
}

/** Gives an image further names; returns the image and whether anything changed. */
export async function addNames(
  engine: Engine,
  id: string,
  names: { tags: string[]; digests: string[] },
): Promise<{ image: Image; isChanged: boolean }> {
  // Reading and replacing the names is two calls: nobody may come between.
  return engine.imageLock.run("names", async () => {
    const image = await engine.portLayer.image(id);
    const tags = [...new Set([...image.tags, ...names.tags])];
    const digests = [...new Set([...image.digests, ...names.digests])];
    const isChanged = tags.length !== image.tags.length || digests.length !== image.digests.length;
    if (!isChanged) return { image, isChanged };
    return { image: await engine.portLayer.setImageNames(id, { tags, digests }), isChanged };
  });
}

/** /images */
import type { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import type { Platform } from "../../image/manifest.ts";
import { parseReference, withTag } from "../../image/reference.ts";
import type { Credentials } from "../../registry/auth.ts";
import type { Engine } from "../engine/engine.ts";
import {
  imageFilters,
  imageHistory,
  inspectImage,
  listImages,
  tagImage,
} from "../engine/images.ts";
import { loadImages } from "../engine/load.ts";
import { pullImage } from "../engine/pull.ts";
import { pruneImages, removeImage } from "../engine/remove-image.ts";
import { Fields, queryBool } from "../wire/decode.ts";
import { json, unsupported } from "../wire/errors.ts";
import { Filters } from "../wire/filters.ts";
import { progressResponse } from "../wire/progress.ts";
import type { DockerEnv } from "./app.ts";

/** Adds the routes. */
export function imageRoutes(app: Hono<DockerEnv>, engine: Engine): void {
  app.get("/images/json", async (c) => {
    const filters = Filters.parse(c.req.query("filters"), imageFilters);
    return json(await listImages(engine, filters, c.env.apiMinor));
  });
  app.get("/images/search", () => {
    throw unsupported("searching registries");
  });
  const save = () => {
    throw unsupported("docker save", "copy the image between registries, with skopeo for example");
  };
  app.get("/images/get", save);
  app.get("/images/:name{.+}/get", save);
  app.get("/images/:name{.+}/json", async (c) =>
    json(await inspectImage(engine, c.req.param("name"), c.env.apiMinor)),
  );
  app.get("/images/:name{.+}/history", async (c) =>
    json(await imageHistory(engine, c.req.param("name"))),
  );

  app.post("/images/create", (c) => {
    const image = c.req.query("fromImage") ?? "";
    const source = c.req.query("fromSrc") ?? "";
    if (image === "") {
      if (source !== "") throw unsupported("docker import");
      throw new VicError("invalid", "invalid reference format");
    }
    const request = {
      reference: pullReference(image, c.req.query("tag") ?? ""),
      credentials: registryAuth(c.req.header("X-Registry-Auth")),
      platform: parsePlatform(c.req.query("platform") ?? ""),
    };
    return progressResponse(c.req.raw.signal, (progress, signal) =>
      pullImage(engine, request, progress, signal),
    );
  });
  app.post("/images/load", (c) => {
    const { body } = c.req.raw;
    if (!body) throw new VicError("invalid", "the request has no body");
    const isQuiet = queryBool(c.req.query("quiet"), true);
    return progressResponse(c.req.raw.signal, (progress, signal) =>
      loadImages(engine, body, isQuiet, progress, signal),
    );
  });
  app.post("/images/prune", async (c) => {
    const known = ["dangling", "label", "label!", "until"];
    const filters = Filters.parse(c.req.query("filters"), known);
    const { removed, reclaimedBytes } = await pruneImages(engine, filters);
    return json({
      ImagesDeleted: removed.length === 0 ? null : removed,
      SpaceReclaimed: reclaimedBytes,
    });
  });
  app.post("/images/:name{.+}/tag", async (c) => {
    const { repo = "", tag = "" } = c.req.query();
    await tagImage(engine, c.req.param("name"), repo, tag);
    return c.body(null, 201);
  });
  app.post("/images/:name{.+}/push", () => {
    throw unsupported("docker push");
  });
  app.delete("/images/:name{.+}", async (c) =>
    json(await removeImage(engine, c.req.param("name"), queryBool(c.req.query("force")))),
  );
}

/** fromImage and tag; the tag may also be a digest, and may stand in fromImage. */
function pullReference(image: string, tag: string) {
  if (tag === "") return parseReference(image);
  const isDigest = /^[a-z0-9+._-]+:[0-9a-f]{32,}$/i.test(tag);
  return isDigest ? parseReference(`${image}@${tag}`) : withTag(parseReference(image), tag);
}

/** X-Registry-Auth is base64 (either alphabet) of JSON; what cannot be read counts as none, as in dockerd. */
function registryAuth(header: string | undefined): Credentials | undefined {
  if (header === undefined || header === "") return undefined;
  let fields: Fields;
  try {
    fields = Fields.of(JSON.parse(Buffer.from(header, "base64url").toString()));
  } catch {
    return undefined;
  }
  const credentials: Credentials = {
    username: fields.string("username"),
    password: fields.string("password"),
    identityToken: fields.string("identitytoken"),
    registryToken: fields.string("registrytoken"),
  };
  return Object.values(credentials).some((value) => value !== "") ? credentials : undefined;
}

/** `linux/amd64`, `linux/arm/v7`, or a part of it. */
export function parsePlatform(text: string): Platform | undefined {
  if (text === "") return undefined;
  const match = /^([a-z0-9]+)(?:\/([a-z0-9_]+)(?:\/([a-z0-9]+))?)?$/.exec(text.toLowerCase());
  if (!match) throw new VicError("invalid", `invalid platform: "${text}"`);
  const names: Record<string, string> = { x86_64: "amd64", aarch64: "arm64" };
  const [, os = "linux", architecture = "amd64", variant] = match;
  return {
    os,
    architecture: names[architecture] ?? architecture,
    ...(variant === undefined ? {} : { variant }),
  };
}

/** The image config (OCI image-spec `config.md`, and Docker's superset of it). */
import { VicError } from "../errors/errors.ts";
import { isDigest } from "./digest.ts";
import { objectOf, parseObject, stringMapOf, stringOf, stringsOf, type Json } from "./json.ts";

/** A longer config is refused. */
export const configMaxBytes = 4 * 1024 * 1024;
/** Docker's own limit of layers. */
export const layersMax = 127;
const historyMax = 10_000;

/** What a container inherits from its image. */
export interface ImageDefaults {
  user: string;
  env: string[];
  entrypoint: string[];
  cmd: string[];
  workingDir: string;
  labels: Record<string, string>;
  stopSignal: string;
  exposedPorts: string[];
  volumes: string[];
  shell: string[];
  onBuild: string[];
  /** The HEALTHCHECK as it stands in the config. */
  healthcheck?: Json;
}

/** One line of `docker history`, lowest first. */
export interface HistoryEntry {
  created: string;
  createdBy: string;
  author: string;
  comment: string;
  isEmptyLayer: boolean;
}

/** A parsed image config. */
export interface ImageConfig {
  architecture: string;
  variant: string;
  os: string;
  /** RFC 3339, "" where the image does not say. */
  created: string;
  author: string;
  comment: string;
  dockerVersion: string;
  /** Uncompressed digests of the layers, lowest first. */
  diffIds: string[];
  history: HistoryEntry[];
  defaults: ImageDefaults;
}

/** Parses a config and checks everything in it that is used later. */
export function parseImageConfig(text: string | Uint8Array): ImageConfig {
  const bytes = typeof text === "string" ? Buffer.byteLength(text) : text.length;
  if (bytes > configMaxBytes) throw new VicError("damaged", "the image config is too large");
  const json = parseObject(text, "the image config");
  const rootfs = objectOf(json.rootfs) ?? {};
  const diffIds = stringsOf(rootfs.diff_ids, "rootfs.diff_ids of the image config");
  if (!diffIds.every(isDigest)) throw new VicError("damaged", "the image config has a bad diff ID");
  if (diffIds.length > layersMax) {
    throw new VicError("damaged", `the image has more than ${layersMax} layers`);
  }
  return {
    architecture: stringOf(json.architecture),
    variant: stringOf(json.variant),
    os: stringOf(json.os),
    created: stringOf(json.created),
    author: stringOf(json.author),
    comment: stringOf(json.comment),
    dockerVersion: stringOf(json.docker_version),
    diffIds,
    history: parseHistory(json.history),
    defaults: parseDefaults(objectOf(json.config) ?? {}),
  };
}

function parseHistory(value: unknown): HistoryEntry[] {
  if (!Array.isArray(value)) return [];
  if (value.length > historyMax) throw new VicError("damaged", "the image history is too long");
  return value.map((item) => {
    const entry = objectOf(item) ?? {};
    return {
      created: stringOf(entry.created),
      createdBy: stringOf(entry.created_by),
      author: stringOf(entry.author),
      comment: stringOf(entry.comment),
      isEmptyLayer: entry.empty_layer === true,
    };
  });
}

function parseDefaults(config: Json): ImageDefaults {
  const healthcheck = objectOf(config.Healthcheck);
  return {
    user: stringOf(config.User),
    env: stringsOf(config.Env, "Env of the image config"),
    entrypoint: stringsOf(config.Entrypoint, "Entrypoint of the image config"),
    cmd: stringsOf(config.Cmd, "Cmd of the image config"),
    workingDir: stringOf(config.WorkingDir),
    labels: stringMapOf(config.Labels, "Labels of the image config"),
    stopSignal: stringOf(config.StopSignal),
    exposedPorts: Object.keys(objectOf(config.ExposedPorts) ?? {}),
    volumes: Object.keys(objectOf(config.Volumes) ?? {}),
    shell: stringsOf(config.Shell, "Shell of the image config"),
    onBuild: stringsOf(config.OnBuild, "OnBuild of the image config"),
    ...(healthcheck ? { healthcheck } : {}),
  };
}

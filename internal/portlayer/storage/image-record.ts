import { VicError } from "../../errors/errors.ts";
import type { BeginImage, Image } from "../api/types.ts";
import type { Partition } from "./gpt.ts";

/** Disks in a chain of linked children; an image beyond it is written whole. */
export const depthMax = 8;
/** Bytes of an image's config. */
export const configMaxBytes = 8 * 1024 * 1024;

/** What is stored beside an image's disk; its presence makes the image exist. */
export interface ImageRecord {
  version: 1;
  /** sha256:<hex> */
  id: string;
  config: string;
  tags: string[];
  digests: string[];
  storedAt: string;
  /** When the names were given: where two images claim a tag, the later one has it. */
  namedAt: string;
  /** Image whose disk this one's is a linked child of. */
  parent: string | null;
  depth: number;
  /** Kept only as the parent of another image's disk: nobody sees it any more. */
  isRemoved?: boolean;
  /** Lowest first. */
  layers: { diffId: string; sizeBytes: number; partition: Partition }[];
}

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** `sha256:<hex>` of a text. */
export function digestOf(text: string): string {
  return `sha256:${new Bun.CryptoHasher("sha256").update(text).digest("hex")}`;
}

/** Throws `invalid` for a request no image can be written from. */
export function checkBegin(begin: BeginImage): void {
  if (Buffer.byteLength(begin.config) > configMaxBytes)
    throw new VicError("invalid", `the image's config is larger than ${configMaxBytes} bytes`);
  for (const { diffId, digest, sizeBytes } of begin.layers) {
    const isGood =
      digestPattern.test(diffId) && (digest === undefined || digestPattern.test(digest));
    if (!isGood)
      throw new VicError("invalid", `a layer's digest is not a sha256 digest: ${diffId}`);
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
      throw new VicError("invalid", `a layer's size is not a size: ${sizeBytes}`);
  }
}

/** The image with the most layers that are exactly the first ones of `diffIds` and whose chain may still grow. */
export function longestPrefix(
  records: Iterable<ImageRecord>,
  diffIds: string[],
): ImageRecord | undefined {
  let best: ImageRecord | undefined;
  for (const record of records) {
    const { layers, depth } = record;
    if (layers.length === 0 || layers.length > diffIds.length || depth >= depthMax) continue;
    if (best && best.layers.length >= layers.length) continue;
    if (layers.every((layer, i) => layer.diffId === diffIds[i])) best = record;
  }
  return best;
}

/** The API's view of a record. */
export function toImage(record: ImageRecord): Image {
  const { id, config, tags, digests, storedAt, layers } = record;
  return {
    id,
    config,
    tags,
    digests,
    storedAt,
    sizeBytes: layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
    layers: layers.map(({ diffId, sizeBytes }) => ({ diffId, sizeBytes })),
  };
}

/** The stored text of a record, checked; undefined when it is not one (a torn or foreign file). */
export function parseRecord(text: string): ImageRecord | undefined {
  try {
    const record = JSON.parse(text) as ImageRecord;
    if (record.version !== 1 || digestOf(record.config) !== record.id) return undefined;
    return Array.isArray(record.layers) && Array.isArray(record.tags) ? record : undefined;
  } catch {
    return undefined;
  }
}

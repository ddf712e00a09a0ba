/**
 * The part of the qcow2 format that vic-host needs: an empty image with a backing file, and reading a header back.
 * Layout of a new image: header, refcount table, one refcount block, L1 table; each at a cluster's start.
 */
import { VicError } from "../../errors/errors.ts";

/**
 * 128 KiB clusters of 32 subclusters: a first write of 4 KiB copies 4 KiB from the parent. Measured against
 * plain 64 KiB clusters on scattered 4 KiB writes: 2.6 times faster, a sixteenth of the space; equal on long writes.
 */
const clusterBits = 17;
const clusterBytes = 2 ** clusterBits;
const magic = 0x514649fb;
const versionNumber = 3;
/** Incompatible feature bit 4: L2 entries of 16 bytes with a bitmap of subclusters. */
const extendedL2 = 16n;
const headerBytes = 104;
const backingFormatExtension = 0xe2792aca;
/** Longest name the format allows. */
const backingNameMaxBytes = 1023;
/** What one L1 entry maps: a cluster of 16-byte entries. */
const bytesPerL1Entry = clusterBytes * (clusterBytes / 16);
const refcountBits = 16;

/** What a header says. */
export interface Qcow2Header {
  capacityBytes: number;
  backing: { name: string; format: string | undefined } | undefined;
}

/** Whether a file that begins so is a qcow2 image. */
export function isQcow2(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === magic;
}

/** All bytes of an empty image whose unwritten parts read as those of `backing`. */
export function encodeQcow2(
  capacityBytes: number,
  backing: { name: string; format: "raw" | "qcow2" },
): Buffer {
  const name = Buffer.from(backing.name);
  if (name.length > backingNameMaxBytes) {
    throw new VicError("invalid", `the path of the parent disk is too long: ${backing.name}`);
  }
  const l1Entries = Math.ceil(capacityBytes / bytesPerL1Entry);
  const l1Clusters = Math.ceil((l1Entries * 8) / clusterBytes);
  const image = Buffer.alloc((3 + l1Clusters) * clusterBytes);
  const nameOffset = headerBytes + 8 + 8 + 8;
  image.writeUInt32BE(magic, 0);
  image.writeUInt32BE(versionNumber, 4);
  image.writeBigUInt64BE(BigInt(nameOffset), 8);
  image.writeUInt32BE(name.length, 16);
  image.writeUInt32BE(clusterBits, 20);
  image.writeBigUInt64BE(BigInt(capacityBytes), 24);
  image.writeUInt32BE(l1Entries, 36);
  image.writeBigUInt64BE(BigInt(3 * clusterBytes), 40);
  image.writeBigUInt64BE(BigInt(clusterBytes), 48);
  image.writeUInt32BE(1, 56);
  image.writeBigUInt64BE(extendedL2, 72);
  image.writeUInt32BE(Math.log2(refcountBits), 96);
  image.writeUInt32BE(headerBytes, 100);
  image.writeUInt32BE(backingFormatExtension, headerBytes);
  image.writeUInt32BE(backing.format.length, headerBytes + 4);
  image.write(backing.format, headerBytes + 8);
  name.copy(image, nameOffset);
  image.writeBigUInt64BE(BigInt(2 * clusterBytes), clusterBytes);
  for (let i = 0; i < 3 + l1Clusters; i++) image.writeUInt16BE(1, 2 * clusterBytes + i * 2);
  return image;
}

/** Reads the header at the start of `head`, which holds the first 4 KiB of the file (or all of it). */
export function decodeQcow2(head: Buffer): Qcow2Header {
  try {
    const version = head.readUInt32BE(4);
    if (!isQcow2(head) || (version !== 2 && version !== 3)) throw new RangeError("not qcow2");
    const capacityBytes = Number(head.readBigUInt64BE(24));
    const nameOffset = Number(head.readBigUInt64BE(8));
    if (nameOffset === 0) return { capacityBytes, backing: undefined };
    const nameBytes = head.readUInt32BE(16);
    const end = nameOffset + nameBytes;
    if (nameBytes > backingNameMaxBytes || end > head.length) throw new RangeError("bad name");
    const name = head.toString("utf8", nameOffset, end);
    const start = version === 2 ? 72 : head.readUInt32BE(100);
    return { capacityBytes, backing: { name, format: backingFormat(head, start, nameOffset) } };
  } catch (cause) {
    throw new VicError("damaged", "the header of the disk image cannot be read", { cause });
  }
}

function backingFormat(head: Buffer, start: number, end: number): string | undefined {
  for (let at = start; at + 8 <= end;) {
    const type = head.readUInt32BE(at);
    const length = head.readUInt32BE(at + 4);
    if (type === 0) return undefined;
    if (type === backingFormatExtension) return head.toString("utf8", at + 8, at + 8 + length);
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return undefined;
}

/**
 * GUID partition tables (UEFI 2.10, chapter 5) of image disks: one partition for each layer. The kernel finds the
 * partitions by itself and fdisk shows them to a person.
 */
import { crc32 } from "node:zlib";
import { VicError } from "../../errors/errors.ts";

/** Bytes of a logical block. */
export const sectorBytes = 512;
/** Entries of a table; an image cannot have more layers on one disk. */
const partitionsMax = 128;

const entryBytes = 128;
const entrySectors = (partitionsMax * entryBytes) / sectorBytes;
const headerBytes = 92;
const alignSectors = (1 << 20) / sectorBytes;
/** Linux filesystem data, 0FC63DAF-8483-4772-8E79-3D69D8477DE4 in its on-disk byte order. */
const linuxType = Buffer.from("af3dc60f838472478e793d69d8477de4", "hex");
const nameUnitsMax = 36;

/** One partition; sectors are absolute and inclusive, `number` counts from 1. */
export interface Partition {
  number: number;
  firstSector: number;
  lastSector: number;
  /** Shown by fdisk; cut at 36 characters. */
  name: string;
}

/** Where the next partitions of these sizes go, behind `after`, each aligned to 1 MiB. */
export function placePartitions(
  after: Partition[],
  slots: { bytes: number; name: string }[],
  diskBytes: number,
): Partition[] {
  const first = after.reduce((end, p) => Math.max(end, p.lastSector + 1), alignSectors);
  let next = Math.ceil(first / alignSectors) * alignSectors;
  const lastUsable = diskBytes / sectorBytes - entrySectors - 2;
  const placed = slots.map(({ bytes, name }, i) => {
    const sectors = Math.ceil(bytes / sectorBytes / alignSectors) * alignSectors;
    const partition = {
      number: after.length + i + 1,
      firstSector: next,
      lastSector: next + sectors - 1,
      name,
    };
    next += sectors;
    return partition;
  });
  if (after.length + slots.length > partitionsMax)
    throw new VicError("exhausted", `an image can have ${partitionsMax} layers at most`);
  if (next - 1 > lastUsable) {
    throw new VicError("exhausted", "the image's layers do not fit on an image disk", {
      hint: "split the image, or make its layers smaller",
    });
  }
  return placed;
}

function entries(partitions: Partition[]): Buffer {
  const table = Buffer.alloc(partitionsMax * entryBytes);
  for (const { number, firstSector, lastSector, name } of partitions) {
    const at = (number - 1) * entryBytes;
    linuxType.copy(table, at);
    crypto.getRandomValues(table.subarray(at + 16, at + 32));
    table.writeBigUInt64LE(BigInt(firstSector), at + 32);
    table.writeBigUInt64LE(BigInt(lastSector), at + 40);
    table.write(name.slice(0, nameUnitsMax), at + 56, "utf16le");
  }
  return table;
}

function header(
  place: { own: number; other: number; table: number },
  diskSectors: number,
  diskId: Buffer,
  tableCrc: number,
): Buffer {
  const block = Buffer.alloc(sectorBytes);
  block.write("EFI PART", 0, "latin1");
  block.writeUInt32LE(0x00010000, 8);
  block.writeUInt32LE(headerBytes, 12);
  block.writeBigUInt64LE(BigInt(place.own), 24);
  block.writeBigUInt64LE(BigInt(place.other), 32);
  block.writeBigUInt64LE(BigInt(2 + entrySectors), 40);
  block.writeBigUInt64LE(BigInt(diskSectors - entrySectors - 2), 48);
  diskId.copy(block, 56);
  block.writeBigUInt64LE(BigInt(place.table), 72);
  block.writeUInt32LE(partitionsMax, 80);
  block.writeUInt32LE(entryBytes, 84);
  block.writeUInt32LE(tableCrc, 88);
  block.writeUInt32LE(crc32(block.subarray(0, headerBytes)), 16);
  return block;
}

function protectiveMbr(diskSectors: number): Buffer {
  const block = Buffer.alloc(sectorBytes);
  block.set([0, 0, 2, 0, 0xee, 0xff, 0xff, 0xff], 446);
  block.writeUInt32LE(1, 454);
  block.writeUInt32LE(Math.min(diskSectors - 1, 0xffffffff), 458);
  block.set([0x55, 0xaa], 510);
  return block;
}

/** The blocks to write for a table of these partitions: offset in bytes and content. */
export function gptBlocks(
  partitions: Partition[],
  diskBytes: number,
): { offset: number; bytes: Uint8Array }[] {
  const sectors = diskBytes / sectorBytes;
  const table = entries(partitions);
  const tableCrc = crc32(table);
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  const last = sectors - 1;
  const backupTable = last - entrySectors;
  const primary = header({ own: 1, other: last, table: 2 }, sectors, id, tableCrc);
  const backup = header({ own: last, other: 1, table: backupTable }, sectors, id, tableCrc);
  const front = Buffer.concat([protectiveMbr(sectors), primary, table]);
  return [
    { offset: 0, bytes: front },
    { offset: backupTable * sectorBytes, bytes: Buffer.concat([table, backup]) },
  ];
}

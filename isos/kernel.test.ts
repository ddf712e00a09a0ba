import { expect, test } from "bun:test";
import { extractVmlinux } from "./kernel.ts";

/** A bzImage as the boot protocol describes it, holding `payload`. */
function bzImage(payload: Uint8Array): Buffer {
  const setupSectors = 3;
  const image = Buffer.alloc((setupSectors + 1) * 512 + 64 + payload.length + 100);
  image[0x1f1] = setupSectors;
  image.write("HdrS", 0x202, "latin1");
  image.writeUInt32LE(64, 0x248);
  image.writeUInt32LE(payload.length, 0x24c);
  image.set(payload, (setupSectors + 1) * 512 + 64);
  return image;
}

const packed = (content: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  return Buffer.concat([Bun.zstdCompressSync(content), size]);
};

test("the kernel comes out as it went in", () => {
  const elf = Buffer.concat([Buffer.from("\x7fELF"), Buffer.alloc(5000, "kernel")]);
  expect(Buffer.compare(extractVmlinux(bzImage(packed(elf))), elf)).toBe(0);
});

test("anything else is refused", () => {
  expect(() => extractVmlinux(new Uint8Array(1024))).toThrow("not a bzImage");
  expect(() => extractVmlinux(bzImage(packed(Buffer.from("plain text"))))).toThrow("no ELF");
});

/** Takes the stdcopy headers (guest/stdcopy.ts) off a stream: a web socket gets both outputs as they come. */
const headerBytes = 8;

/** Returns a function that takes the next bytes of the stream and gives the payload in them. */
export function makeUnframe(): (bytes: Uint8Array) => Uint8Array {
  let header = Buffer.alloc(0);
  let left = 0;
  return (bytes) => {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      if (left > 0) {
        const piece = bytes.subarray(at, at + left);
        pieces.push(piece);
        left -= piece.length;
        at += piece.length;
        continue;
      }
      const part = bytes.subarray(at, at + headerBytes - header.length);
      header = Buffer.concat([header, part]);
      at += part.length;
      if (header.length < headerBytes) break;
      left = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
    return Buffer.concat(pieces);
  };
}

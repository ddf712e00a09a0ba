/**
 * Docker's stdcopy framing (Engine API, "Stream format" of ContainerAttach): u8 stream (1 stdout, 2 stderr),
 * three zero bytes, u32 big-endian length, then that many bytes.
 */
export type OutputStream = 1 | 2;

/** Header and payload as one buffer. */
export function stdcopyFrame(stream: OutputStream, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + payload.length);
  out[0] = stream;
  new DataView(out.buffer).setUint32(4, payload.length);
  out.set(payload, 8);
  return out;
}

/** IPv4 and UDP headers around a DHCP message: before it has a lease, an interface has no address to send from. */

/** A UDP datagram. Addresses are 32-bit numbers. */
export interface Datagram {
  source: number;
  destination: number;
  sourcePort: number;
  destinationPort: number;
  payload: Uint8Array;
}

const ipHeaderBytes = 20;
const udpHeaderBytes = 8;
const udpProtocol = 17;
const timeToLive = 64;

/** The IPv4 packet of a datagram. */
export function encodeDatagram(datagram: Datagram): Uint8Array {
  const { payload } = datagram;
  const out = new Uint8Array(ipHeaderBytes + udpHeaderBytes + payload.length);
  const view = new DataView(out.buffer);
  out[0] = 0x45;
  view.setUint16(2, out.length);
  out[8] = timeToLive;
  out[9] = udpProtocol;
  view.setUint32(12, datagram.source);
  view.setUint32(16, datagram.destination);
  view.setUint16(10, checksum(out.subarray(0, ipHeaderBytes)));
  view.setUint16(20, datagram.sourcePort);
  view.setUint16(22, datagram.destinationPort);
  view.setUint16(24, udpHeaderBytes + payload.length);
  out.set(payload, ipHeaderBytes + udpHeaderBytes);
  const pseudo = new Uint8Array(12);
  pseudo.set(out.subarray(12, 20));
  pseudo[9] = udpProtocol;
  new DataView(pseudo.buffer).setUint16(10, udpHeaderBytes + payload.length);
  const sum = checksum(Buffer.concat([pseudo, out.subarray(ipHeaderBytes)]));
  view.setUint16(26, sum === 0 ? 0xffff : sum);
  return out;
}

/** Reads an IPv4 packet; undefined when it is not an unfragmented UDP datagram. */
export function decodeDatagram(packet: Uint8Array): Datagram | undefined {
  if (packet.length < ipHeaderBytes || packet[0]! >> 4 !== 4) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const header = (packet[0]! & 15) * 4;
  const total = view.getUint16(2);
  if (header < ipHeaderBytes || packet[9] !== udpProtocol) return undefined;
  if (total > packet.length || total < header + udpHeaderBytes) return undefined;
  if ((view.getUint16(6) & 0x3fff) !== 0) return undefined;
  if (checksum(packet.subarray(0, header)) !== 0) return undefined;
  // Checksum offloading leaves the UDP one unfinished on virtual networks: it proves nothing here.
  const length = view.getUint16(header + 4);
  if (length < udpHeaderBytes || header + length > total) return undefined;
  return {
    source: view.getUint32(12),
    destination: view.getUint32(16),
    sourcePort: view.getUint16(header),
    destinationPort: view.getUint16(header + 2),
    payload: packet.slice(header + udpHeaderBytes, header + length),
  };
}

/** The Internet checksum (RFC 1071); 0 over data that holds its own. */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2)
    sum += (bytes[at]! << 8) | (at + 1 < bytes.length ? bytes[at + 1]! : 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

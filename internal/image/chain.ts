/** Ids of an image's layers with what lies below them, lowest first: OCI's ChainID. */
export function layerChain(diffIds: string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    const text = `${below} ${diffId}`;
    const digest = () => new Bun.CryptoHasher("sha256").update(text).digest("hex");
    chain.push(below === undefined ? diffId : `sha256:${digest()}`);
  }
  return chain;
}

/** SizeRw and SizeRootFs of containers: what they changed, and that with their image. */
import type { Container } from "../../portlayer/api/types.ts";
import type { Engine } from "./engine.ts";

/** Each look at a container that is off takes a disk of the appliance for a moment. */
const atOnce = 4;

/** Both sizes, bytes. */
export interface Sizes {
  SizeRw: number;
  SizeRootFs: number;
}

/** Sizes by container id. What cannot be looked at counts with its image alone, as in Docker. */
export async function containerSizes(
  engine: Engine,
  containers: Container[],
): Promise<Map<string, Sizes>> {
  const images = await engine.portLayer.images();
  const sizes = new Map<string, Sizes>();
  const waiting = [...containers];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, imageId } = next.record;
      const own = await engine.portLayer.usedBytes(id).catch(() => 0);
      const image = images.find((i) => i.id === imageId)?.sizeBytes ?? 0;
      sizes.set(id, { SizeRw: own, SizeRootFs: own + image });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return sizes;
}

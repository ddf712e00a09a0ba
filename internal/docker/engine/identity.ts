/** What the engine says of itself. */

/** The newest Docker API version it speaks. */
export const apiVersion = "1.50";
/** The oldest of them. */
export const apiVersionMin = "1.24";
/** Layers are EROFS partitions on a disk, a container is an overlay over them (design D4). */
export const storageDriver = "erofs-overlay";
/** What it calls itself. */
export const productName = "vSphere Integrated Containers";

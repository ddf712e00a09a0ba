/** What the engine says of itself. */

/** Docker API versions it speaks. */
export const apiVersion = "1.50";
export const apiVersionMin = "1.24";
/** Layers are EROFS partitions on a disk, a container is an overlay over them (design D4). */
export const storageDriver = "erofs-overlay";
export const productName = "vSphere Integrated Containers";

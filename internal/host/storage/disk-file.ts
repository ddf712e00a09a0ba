import { open } from "node:fs/promises";
import { fault } from "../fault.ts";
import type { Place } from "./place.ts";

/** What may not be written any more, because another disk is based on it. */
export function parentInUse(place: Place, child: Place): Error {
  const text = `"${place.text}" is the parent of "${child.text}" and can no longer be written`;
  return fault("FileLocked", text, { file: place.text });
}

/** FileAlreadyExists for this place. */
export function alreadyThere(place: Place): Error {
  return fault("FileAlreadyExists", `"${place.text}" is there already`, { file: place.text });
}

/** The magic number of the file, as text; FileNotFound when it is not there. */
export async function firstBytes(place: Place): Promise<string> {
  try {
    await using file = await open(place.absolute, "r");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } catch (cause) {
    throw fault("FileNotFound", `"${place.text}" is not there`, { file: place.text }, cause);
  }
}

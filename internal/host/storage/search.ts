import { type Files, type Stat, stat as statOf } from "./files.ts";
import { fault } from "../fault.ts";
import { baseName, type Place } from "./place.ts";

/** Folders that one search may visit. */
const foldersMax = 10_000;

/** Decoded HostDatastoreBrowserSearchSpec. */
export interface SearchSpec {
  query?: { _type?: string }[];
  details?: { fileType?: boolean; fileSize?: boolean; modification?: boolean; fileOwner?: boolean };
  searchCaseInsensitive?: boolean;
  matchPattern?: string[];
  sortFoldersFirst?: boolean;
}

/** One folder of the result, as HostDatastoreBrowserSearchResults without the datastore. */
export interface SearchResult {
  folderPath: string;
  file: Record<string, unknown>[];
}

/** Looks in one folder, or in it and all below it. */
export async function search(
  files: Files,
  folder: Place,
  spec: SearchSpec,
  isRecursive: boolean,
): Promise<SearchResult[]> {
  const facts = await statOf(folder);
  if (!facts?.isDirectory()) {
    throw fault("FileNotFound", `the folder "${folder.text}" is not there`, { file: folder.text });
  }
  const results: SearchResult[] = [];
  const folders = [folder];
  const matches = matcher(spec);
  for (let next = folders.shift(); next !== undefined; next = folders.shift()) {
    const entries = await files.list(next);
    const file = entries.filter(matches).map(({ place, stat }) => describe(place, stat, spec));
    if (spec.sortFoldersFirst) file.sort((a, b) => Number(isFolder(b)) - Number(isFolder(a)));
    results.push({ folderPath: isRecursive ? folderText(next) : next.text, file });
    if (!isRecursive) break;
    folders.push(...entries.filter((e) => e.stat.isDirectory()).map((e) => e.place));
    if (results.length + folders.length > foldersMax) {
      throw fault("LimitExceeded", `more than ${foldersMax} folders below "${folder.text}"`);
    }
  }
  return results;
}

const isFolder = (file: Record<string, unknown>): boolean => file["_type"] === "FolderFileInfo";
const folderText = (place: Place): string =>
  place.relative === "" ? `${place.text} ` : `${place.text}/`;

function matcher(spec: SearchSpec): (entry: { place: Place; stat: Stat }) => boolean {
  const flags = spec.searchCaseInsensitive === false ? "" : "i";
  const patterns = (spec.matchPattern ?? []).map((p) => new RegExp(`^${globSource(p)}$`, flags));
  const kinds = (spec.query ?? []).map((q) => (q._type ?? "FileQuery").replace(/Query$/, "Info"));
  return ({ place, stat }) => {
    const name = baseName(place.relative);
    if (patterns.length > 0 && !patterns.some((p) => p.test(name))) return false;
    const kind = kindOf(place, stat);
    return kinds.length === 0 || kinds.includes(kind) || kinds.includes("FileInfo");
  };
}

/** A glob with * and ? as a regular expression; runs of * count as one, so matching stays cheap. */
function globSource(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
}

function kindOf(place: Place, stat: Stat): string {
  if (stat.isDirectory()) return "FolderFileInfo";
  const kinds: Record<string, string> = {
    vmdk: "VmDiskFileInfo",
    iso: "IsoImageFileInfo",
    vmx: "VmConfigFileInfo",
    log: "VmLogFileInfo",
    flp: "FloppyImageFileInfo",
  };
  return kinds[place.relative.split(".").at(-1)?.toLowerCase() ?? ""] ?? "FileInfo";
}

function describe(place: Place, stat: Stat, spec: SearchSpec): Record<string, unknown> {
  const { details } = spec;
  const kind = kindOf(place, stat);
  const isTyped = details?.fileType === true || (spec.query?.length ?? 0) > 0;
  return {
    _type: isTyped || kind === "FolderFileInfo" ? kind : "FileInfo",
    path: baseName(place.relative),
    ...(details?.fileSize ? { fileSize: Number(stat.size) } : {}),
    ...(details?.modification ? { modification: stat.mtime } : {}),
    ...(details?.fileOwner ? { owner: "root" } : {}),
  };
}

import { type Files, type Stat, stat as statOf } from "./files.ts";
import { fault } from "../fault.ts";
import type { Disks } from "./disks.ts";
import { baseName, type Place } from "./place.ts";

/** Folders that one search may visit. */
const foldersMax = 10_000;

/** Decoded FileQuery; filter and details are those of a VmDiskFileQuery. */
interface FileQuery {
  _type?: string;
  filter?: { thin?: boolean; diskType?: string[] };
  details?: { diskType?: boolean; capacityKb?: boolean; thin?: boolean; diskExtents?: boolean };
}

/** Decoded HostDatastoreBrowserSearchSpec. */
export interface SearchSpec {
  query?: FileQuery[];
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
  { files, disks }: { files: Files; disks: Disks },
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
    const file: Record<string, unknown>[] = [];
    for (const { place, stat } of entries.filter(matches)) {
      file.push({ ...describe(place, stat, spec), ...(await diskFacts(place, spec, disks)) });
    }
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
  const queries = (spec.query ?? []).filter(isPossible);
  const kinds = queries.map((q) => (q._type ?? "FileQuery").replace(/Query$/, "Info"));
  return ({ place, stat }) => {
    const name = baseName(place.relative);
    if (patterns.length > 0 && !patterns.some((p) => p.test(name))) return false;
    const kind = kindOf(place, stat);
    return (spec.query ?? []).length === 0 || kinds.includes(kind) || kinds.includes("FileInfo");
  };
}

/** False where the filter asks for a kind of disk that there is not: all are thin and flat. */
function isPossible({ _type, filter }: FileQuery): boolean {
  if (_type !== "VmDiskFileQuery") return true;
  const { thin, diskType = [] } = filter ?? {};
  return thin !== false && (diskType.length === 0 || diskType.includes(flat));
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

const flat = "VirtualDiskFlatVer2BackingInfo";

/** What a VmDiskFileQuery wants to know of a disk; nothing of a file that only looks like one by its name. */
async function diskFacts(
  place: Place,
  { query = [] }: SearchSpec,
  disks: Disks,
): Promise<Record<string, unknown>> {
  const wanted = query.find((each) => each._type === "VmDiskFileQuery")?.details;
  if (!wanted || !disks.isRecorded(place)) return {};
  const info = wanted.capacityKb ? await disks.info(place).catch(() => undefined) : undefined;
  return {
    ...(wanted.diskType ? { diskType: flat } : {}),
    ...(info ? { capacityKb: Math.floor(info.capacityBytes / 1024) } : {}),
    ...(wanted.diskExtents ? { diskExtents: [baseName(place.relative)] } : {}),
    ...(wanted.thin ? { thin: true } : {}),
  };
}

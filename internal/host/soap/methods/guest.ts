import type { MoRef } from "../../../vim25/types.ts";
import type { FileAttributes } from "../../../guest/operations/contract.ts";
import {
  fields,
  fileInfo,
  fileList,
  listOf,
  number,
  posixAttributes,
  processInfo,
  text,
} from "../../guest/answers.ts";
import { askGuest, credentialsOf, type GuestAuthentication } from "../../guest/ask.ts";
import { fault, invalidArgument } from "../../fault.ts";
import type { VirtualMachine } from "../../inventory/vm/virtual-machine.ts";
import { type Call, type Methods, param } from "../call.ts";

/** Largest file that is sent to a guest: as large as a number can tell exactly. */
const fileMaxBytes = Number.MAX_SAFE_INTEGER;

const guestVm = (call: Call): VirtualMachine => call.world.vms.get(param<MoRef>(call, "vm"));

const authOf = (call: Call) => credentialsOf(param<GuestAuthentication>(call, "auth"));

const textOf = (call: Call, name: string): string => param<string>(call, name);

/** GuestAuthManager. */
export const guestAuthManager: Methods = {
  ValidateCredentialsInGuest: async (call) => {
    await askGuest(guestVm(call), "check", authOf(call));
  },
  AcquireCredentialsInGuest: () => {
    throw fault("NotSupported", "give name and password with each call");
  },
  ReleaseCredentialsInGuest: () => {
    throw fault("NotSupported", "give name and password with each call");
  },
};

/** GuestProcessManager. */
export const guestProcessManager: Methods = {
  StartProgramInGuest: async (call) => {
    const spec = param<{
      programPath: string;
      arguments: string;
      workingDirectory?: string;
      envVariables?: string[];
    }>(call, "spec");
    const answer = await askGuest(guestVm(call), "start", {
      ...authOf(call),
      program: spec.programPath,
      arguments: spec.arguments,
      environment: spec.envVariables ?? [],
      ...(spec.workingDirectory ? { directory: spec.workingDirectory } : {}),
    });
    return number(fields(answer)["pid"]);
  },
  ListProcessesInGuest: async (call) => {
    const pids = param<number[] | undefined>(call, "pids");
    const answer = await askGuest(guestVm(call), "processes", {
      ...authOf(call),
      ...(pids?.length ? { pids } : {}),
    });
    return listOf(answer, processInfo);
  },
  TerminateProcessInGuest: async (call) => {
    const pid = param<number>(call, "pid");
    await askGuest(guestVm(call), "terminate", { ...authOf(call), pid });
  },
  ReadEnvironmentVariableInGuest: async (call) => {
    const names = param<string[] | undefined>(call, "names") ?? [];
    return listOf(await askGuest(guestVm(call), "environment", { ...authOf(call), names }), text);
  },
};

/** GuestFileManager. */
export const guestFileManager: Methods = {
  MakeDirectoryInGuest: async (call) => {
    const parents = param<boolean>(call, "createParentDirectories");
    const path = textOf(call, "directoryPath");
    await askGuest(guestVm(call), "makeDirectory", { ...authOf(call), path, parents });
  },
  DeleteFileInGuest: async (call) => {
    const path = textOf(call, "filePath");
    await askGuest(guestVm(call), "removeFile", { ...authOf(call), path });
  },
  DeleteDirectoryInGuest: async (call) => {
    const path = textOf(call, "directoryPath");
    const isRecursive = param<boolean>(call, "recursive");
    await askGuest(guestVm(call), "removeDirectory", { ...authOf(call), path, isRecursive });
  },
  MoveDirectoryInGuest: async (call) => {
    const [from, to] = [textOf(call, "srcDirectoryPath"), textOf(call, "dstDirectoryPath")];
    const rest = { kind: "directory", overwrite: false } as const;
    await askGuest(guestVm(call), "move", { ...authOf(call), from, to, ...rest });
  },
  MoveFileInGuest: async (call) => {
    const [from, to] = [textOf(call, "srcFilePath"), textOf(call, "dstFilePath")];
    const rest = { kind: "file", overwrite: param<boolean>(call, "overwrite") } as const;
    await askGuest(guestVm(call), "move", { ...authOf(call), from, to, ...rest });
  },
  CreateTemporaryFileInGuest: (call) => makeTemporary(call, "file"),
  CreateTemporaryDirectoryInGuest: (call) => makeTemporary(call, "directory"),
  ListFilesInGuest: async (call) => {
    const pattern = param<string | undefined>(call, "matchPattern");
    const answer = await askGuest(guestVm(call), "list", {
      ...authOf(call),
      path: textOf(call, "filePath"),
      index: param<number | undefined>(call, "index") ?? 0,
      count: param<number | undefined>(call, "maxResults") ?? 0,
      ...(pattern ? { pattern } : {}),
    });
    return fileList(answer);
  },
  ChangeFileAttributesInGuest: async (call) => {
    const path = textOf(call, "guestFilePath");
    const attributes = attributesOf(call);
    await askGuest(guestVm(call), "setAttributes", { ...authOf(call), path, attributes });
  },
  InitiateFileTransferToGuest: async (call) => {
    const vm = guestVm(call);
    const credentials = authOf(call);
    const path = textOf(call, "guestFilePath");
    const sizeBytes = param<number>(call, "fileSize");
    const overwrite = param<boolean>(call, "overwrite");
    if (!(sizeBytes >= 0 && sizeBytes <= fileMaxBytes)) {
      throw invalidArgument("fileSize", "say how many bytes the file has");
    }
    const attributes = attributesOf(call);
    const isThere = await exists(vm, path, credentials);
    if (isThere && !overwrite) {
      throw fault("FileAlreadyExists", `${path} is there already`, { file: path });
    }
    const transfer = {
      method: "PUT",
      path,
      credentials,
      sizeBytes,
      overwrite,
      attributes,
    } as const;
    return call.transfers.allow({ vm: vm.record.id, ...transfer });
  },
  InitiateFileTransferFromGuest: async (call) => {
    const vm = guestVm(call);
    const credentials = authOf(call);
    const path = textOf(call, "guestFilePath");
    const answer = await askGuest(vm, "stat", { ...credentials, path });
    const { type, size } = fileInfo(answer);
    if (type !== "file") throw fault("NotAFile", `${path} is no file`, { file: path });
    const rest = { sizeBytes: 0, overwrite: false, attributes: {} };
    const url = call.transfers.allow({
      vm: vm.record.id,
      method: "GET",
      path,
      credentials,
      ...rest,
    });
    return { attributes: posixAttributes(answer), size, url };
  },
};

async function makeTemporary(call: Call, kind: "file" | "directory"): Promise<string> {
  const directory = param<string | undefined>(call, "directoryPath");
  const answer = await askGuest(guestVm(call), "makeTemporary", {
    ...authOf(call),
    kind,
    prefix: textOf(call, "prefix"),
    suffix: textOf(call, "suffix"),
    ...(directory ? { directory } : {}),
  });
  return text(fields(answer)["path"]);
}

async function exists(
  vm: VirtualMachine,
  path: string,
  credentials: ReturnType<typeof credentialsOf>,
): Promise<boolean> {
  try {
    await askGuest(vm, "stat", { ...credentials, path });
    return true;
  } catch (error) {
    if ((error as { detail?: { fault?: string } }).detail?.fault === "FileNotFound") return false;
    throw error;
  }
}

/** What a client wants a file to be like. */
function attributesOf(call: Call): FileAttributes {
  const given = param<{
    _type?: string;
    modificationTime?: string;
    accessTime?: string;
    ownerId?: number;
    groupId?: number;
    permissions?: number;
    symlinkTarget?: string;
  }>(call, "fileAttributes");
  if (given._type === "GuestWindowsFileAttributes") {
    throw invalidArgument("fileAttributes", "the guest is Linux: use GuestPosixFileAttributes");
  }
  const { modificationTime, accessTime, ownerId, groupId, permissions } = given;
  return {
    ...(modificationTime === undefined ? {} : { modifiedMs: Date.parse(modificationTime) }),
    ...(accessTime === undefined ? {} : { accessedMs: Date.parse(accessTime) }),
    ...(ownerId === undefined ? {} : { uid: ownerId }),
    ...(groupId === undefined ? {} : { gid: groupId }),
    // Clients that mean none leave it out or send 0.
    ...(permissions ? { mode: permissions } : {}),
  };
}

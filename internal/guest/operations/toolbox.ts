/** Answers the operations of contract.ts. What differs between a container VM and the appliance is in its ground. */
import { VicError } from "../../errors/errors.ts";
import type { CallStream, Operate } from "./call-server.ts";
import { commandOf } from "./command.ts";
import { guestFault, isFault, type Credentials, type Operations } from "./contract.ts";
import type { UserIds } from "./file-access.ts";
import { checkedPath } from "./file-path.ts";
import { GuestFiles } from "./files.ts";
import { type FoundProcess, type Leader, pidInside, ProcessTable } from "./process-table.ts";
import { readFile, writeFile } from "./transfer.ts";

/** A user of the guest. */
export interface GuestUser extends UserIds {
  name: string;
  home: string;
  /** NAME=value, as a program of the user gets it. */
  environment: string[];
}

/** What a program is started with. */
export interface Launch {
  argv: string[];
  directory: string;
  environment: string[];
  user: GuestUser;
}

/** Where operations happen. */
export interface Ground {
  /** The user that these credentials are for; InvalidGuestLogin or GuestOperationsUnavailable otherwise. */
  authenticate(credentials: Credentials): Promise<GuestUser>;
  /** Path of the tree that users see. */
  root(): string;
  /** A process of the PID name space that users see; undefined: the machine's. */
  leader: Leader;
  nameOf(uid: number): string;
  /** Starts a program; its output goes nowhere. */
  launch(launch: Launch): Promise<{ hostPid: number; exited: Promise<number> }>;
}

/** Programs started through here that may run at once. */
const startedMax = 64;
const environmentMax = 256;
const variableMaxChars = 32 * 1024;
/** A process that does not end by itself is killed after this. */
const terminateMs = 5_000;

type Params<Name extends keyof Operations> = Operations[Name]["params"];
type Handler = (user: GuestUser, params: never, stream: CallStream) => unknown;

/** See the file's head. */
export class Toolbox {
  readonly #ground: Ground;
  readonly #processes: ProcessTable;
  readonly #terminateMs: number;
  #started = 0;

  constructor(ground: Ground, options: { terminateMs?: number } = {}) {
    this.#ground = ground;
    this.#terminateMs = options.terminateMs ?? terminateMs;
    this.#processes = new ProcessTable(ground.leader, (uid) => ground.nameOf(uid));
  }

  /** Does an operation; this is what a {@link import("../guestinfo.ts").GuestInfo} serves. */
  readonly operate: Operate = async (operation, params, stream) => {
    const handler = Object.hasOwn(this.#handlers, operation)
      ? this.#handlers[operation as keyof Operations]
      : undefined;
    if (!handler) throw new VicError("unsupported", `the guest has no operation ${operation}`);
    const { username, password } = params;
    if (typeof username !== "string" || typeof password !== "string") {
      throw guestFault("InvalidGuestLogin", "say who you are");
    }
    const user = await this.#ground.authenticate({ username, password });
    return (await handler(user, params as never, stream)) ?? {};
  };

  readonly #handlers: Record<keyof Operations, Handler> = {
    check: () => ({}),
    start: (user, params: Params<"start">) => this.#start(user, params),
    processes: (_, { pids }: Params<"processes">) => this.#processes.list(pids),
    terminate: (user, { pid }: Params<"terminate">) => this.#terminate(user, pid),
    environment: ({ environment }, { names }: Params<"environment">) =>
      environment.filter((entry) => names.length === 0 || names.includes(nameOf(entry))),
    stat: (user, params: Params<"stat">) => this.#files(user).stat(params),
    list: (user, params: Params<"list">) => this.#files(user).list(params),
    makeDirectory: (user, params: Params<"makeDirectory">) =>
      this.#files(user).makeDirectory(params),
    removeFile: (user, params: Params<"removeFile">) => this.#files(user).removeFile(params),
    removeDirectory: (user, params: Params<"removeDirectory">) =>
      this.#files(user).removeDirectory(params),
    move: (user, params: Params<"move">) => this.#files(user).move(params),
    makeTemporary: (user, params: Params<"makeTemporary">) =>
      this.#files(user).makeTemporary(params),
    setAttributes: (user, params: Params<"setAttributes">) =>
      this.#files(user).setAttributes(params),
    read: (user, { path }: Params<"read">, stream) => readFile(this.#place(user), path, stream),
    write: (user, params: Params<"write">, stream) => writeFile(this.#place(user), params, stream),
  };

  #place(user: GuestUser): { root: string; user: UserIds } {
    return { root: this.#ground.root(), user };
  }

  #files(user: GuestUser): GuestFiles {
    return new GuestFiles(this.#place(user));
  }

  async #start(user: GuestUser, params: Params<"start">): Promise<{ pid: number }> {
    if (this.#started >= startedMax) {
      throw guestFault("GuestOperationsUnavailable", `${startedMax} programs run already`);
    }
    const { environment, directory } = params;
    const isEnvironment = environment.every((e) => /^[^=\0]+=[^\0]*$/s.test(e));
    const isLong = environment.some((e) => e.length > variableMaxChars);
    if (!isEnvironment || isLong || environment.length > environmentMax) {
      throw guestFault("InvalidArgument", "variables of the environment are given as NAME=value");
    }
    const program = this.#program(user, params.program);
    if (directory) this.#assertDirectory(user, directory);
    const folder = directory || (this.#isDirectory(user, user.home) ? user.home : "/");
    const argv = commandOf(program, params.arguments, this.#shell(user));
    const startedMs = Date.now();
    this.#started++;
    try {
      const { hostPid, exited } = await this.#ground.launch({
        argv,
        directory: folder,
        environment: [...user.environment, ...environment],
        user,
      });
      void exited.finally(() => this.#started--);
      const pid = pidInside(hostPid) ?? hostPid;
      const name = program.slice(program.lastIndexOf("/") + 1);
      const commandLine = `"${program}" ${params.arguments}`.trimEnd().slice(0, 1024);
      this.#processes.add({ pid, name, owner: user.name, commandLine, startedMs }, exited);
      return { pid };
    } catch (error) {
      this.#started--;
      throw error;
    }
  }

  /** The program's path, which must lead to a file. govc asks for bash where the caller names no path. */
  #program(user: GuestUser, path: string): string {
    const files = this.#files(user);
    try {
      const { type, mode } = files.stat({ path: checkedPath(path) });
      if (type === "file" && (mode & 0o111) !== 0) return path;
      throw guestFault("GuestPermissionDenied", `${path} cannot be executed`, { file: path });
    } catch (error) {
      const shell = path === "/bin/bash" ? this.#shell(user) : undefined;
      if (shell === undefined || !isFault(error, "FileNotFound")) throw error;
      return shell;
    }
  }

  #shell(user: GuestUser): string | undefined {
    try {
      this.#files(user).stat({ path: "/bin/sh" });
      return "/bin/sh";
    } catch {
      return undefined;
    }
  }

  #assertDirectory(user: GuestUser, path: string): void {
    if (this.#files(user).stat({ path }).type !== "directory") {
      throw guestFault("NotADirectory", `${path} is no directory`, { file: path });
    }
  }

  #isDirectory(user: GuestUser, path: string): boolean {
    try {
      this.#assertDirectory(user, path);
      return true;
    } catch {
      return false;
    }
  }

  #terminate(user: GuestUser, pid: number): void {
    const found = this.#processes.find(pid);
    if (!found) throw noProcess(pid);
    if (user.uid !== 0 && user.uid !== found.uid) {
      throw guestFault("GuestPermissionDenied", `process ${pid} belongs to ${found.info.owner}`);
    }
    if (found.hostPid === 1) {
      throw guestFault("GuestPermissionDenied", "process 1 is the machine: power it off instead");
    }
    process.kill(found.hostPid, "SIGTERM");
    setTimeout(() => this.#killIfThere(found), this.#terminateMs).unref();
  }

  #killIfThere({ hostPid, info }: FoundProcess): void {
    try {
      // The number may be another process's by now.
      const now = this.#processes.find(info.pid);
      const isSame = Math.abs((now?.info.startedMs ?? 0) - info.startedMs) < 1000;
      if (now?.hostPid === hostPid && isSame) process.kill(hostPid, "SIGKILL");
    } catch {
      // It has just ended, or all of its container has: nobody waits for this, and an error here would end the machine.
    }
  }
}

const nameOf = (entry: string): string => entry.slice(0, entry.indexOf("="));

const noProcess = (pid: number) =>
  guestFault("GuestProcessNotFound", `there is no process ${pid}`, { pid });

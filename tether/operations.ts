/**
 * Guest operations in a container VM. They happen in the container: its files, its processes, its users, as with
 * `docker exec`, because what is around it (tether, disks, keys) is nobody's business. The user is the container's id,
 * or `user@id` for another user than the container's own; as in the original the password is not looked at: the right
 * to ask is a privilege of vSphere on this very VM.
 */
import { VicError } from "../internal/errors/errors.ts";
import { guestFault, type Credentials } from "../internal/guest/operations/contract.ts";
import {
  Toolbox,
  type Ground,
  type GuestUser,
  type Launch,
} from "../internal/guest/operations/toolbox.ts";
import type { Container } from "./container.ts";
import { readInRoot } from "./disk/read-in-root.ts";
import { processEnv, processSpec } from "./oci/spec.ts";
import { Output } from "./output.ts";

/** What `docker ps` shows of an id. */
const shortIdChars = 12;

/** The operations of a VM whose container runs. */
export function containerOperations(container: Container): Toolbox {
  return new Toolbox(new ContainerGround(container));
}

class ContainerGround implements Ground {
  readonly #container: Container;

  constructor(container: Container) {
    this.#container = container;
  }

  async authenticate({ username }: Credentials): Promise<GuestUser> {
    const { config } = this.#container;
    this.#running();
    const at = username.lastIndexOf("@");
    const id = username.slice(at + 1);
    const isId = id.length >= shortIdChars && config.id.startsWith(id);
    if (!isId) throw notHere();
    const name = at < 0 ? config.process.user : username.slice(0, at);
    const user = { ...config.process, user: name, tty: false };
    try {
      const resolved = this.#container.user(user);
      const environment = processEnv(user, resolved.home, config.hostname);
      return { ...resolved, name: this.nameOf(resolved.uid), environment };
    } catch {
      throw notHere();
    }
  }

  /** Through its process: what is mounted in the container counts too. */
  root(): string {
    return `/proc/${this.#running().pid}/root`;
  }

  readonly leader = (): number => this.#running().pid;

  nameOf(uid: number): string {
    const passwd = readInRoot(this.#container.rootPath, "/etc/passwd");
    const line = passwd.split("\n").find((entry) => entry.split(":")[2] === String(uid));
    return line?.split(":")[0] ?? String(uid);
  }

  async launch({ argv, directory, environment, user }: Launch) {
    const { config, runtime } = this.#container;
    this.#running();
    const process = { ...config.process, args: argv, env: environment, cwd: directory, tty: false };
    const started = await runtime
      .exec(processSpec(process, user, config.sandbox, config.hostname), {
        command: argv[0] ?? "",
        tty: false,
        openStdin: false,
        user,
        output: new Output(),
      })
      .catch((cause: unknown) => {
        const { message } = VicError.from(cause);
        throw guestFault("CannotAccessFile", message, { file: argv[0] ?? "" });
      });
    return { hostPid: started.pid, exited: started.ended().then(({ code }) => code) };
  }

  #running() {
    try {
      return this.#container.running();
    } catch {
      throw guestFault("GuestOperationsUnavailable", "the container does not run");
    }
  }
}

const notHere = () =>
  guestFault("InvalidGuestLogin", "the user is the container's id, or user@id", {});

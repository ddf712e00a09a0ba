/**
 * Guest operations in the appliance, for root with the password that `vic-machine debug --rootpw-file` has set: without
 * one nobody can, because the appliance holds the keys of a VCH.
 */
import { keys, type ApplianceDebug } from "../../../internal/guest/config.ts";
import type { GuestInfo } from "../../../internal/guest/guestinfo.ts";
import { guestFault, type Credentials } from "../../../internal/guest/operations/contract.ts";
import {
  Toolbox,
  type Ground,
  type GuestUser,
  type Launch,
} from "../../../internal/guest/operations/toolbox.ts";

const root: GuestUser = {
  name: "root",
  uid: 0,
  gid: 0,
  groups: [],
  home: "/root",
  environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"],
};

/** Checks of a password that may wait; each takes a second of an emulated processor and 64 MiB. */
const checksMax = 4;

/** The operations of an appliance. */
export function applianceOperations(info: Pick<GuestInfo, "get">): Toolbox {
  return new Toolbox(new ApplianceGround(info));
}

class ApplianceGround implements Ground {
  readonly #info: Pick<GuestInfo, "get">;
  /** What was right last, so that each call of a client does not cost a slow hash. */
  #known: { hash: string; digest: string } | undefined;
  #checking: Promise<unknown> = Promise.resolve();
  #checks = 0;

  constructor(info: Pick<GuestInfo, "get">) {
    this.#info = info;
  }

  async authenticate({ username, password }: Credentials): Promise<GuestUser> {
    const hash = hashOf(await this.#info.get(keys.applianceDebug));
    const isRight = hash !== undefined && (await this.#isRight(hash, password));
    if (isRight && username === root.name) return root;
    throw guestFault("InvalidGuestLogin", "name and password are not right", {});
  }

  root(): string {
    return "/";
  }

  readonly leader = (): undefined => undefined;

  nameOf(uid: number): string {
    return uid === 0 ? root.name : String(uid);
  }

  async launch({ argv, directory, environment }: Launch) {
    const env = Object.fromEntries(
      environment.map((entry) => {
        const at = entry.indexOf("=");
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
    );
    try {
      const child = Bun.spawn(argv, { cwd: directory, env, stdio: ["ignore", "ignore", "ignore"] });
      return { hostPid: child.pid, exited: child.exited };
    } catch (error) {
      throw guestFault("CannotAccessFile", String(error), { file: argv[0] ?? "" });
    }
  }

  async #isRight(hash: string, password: string): Promise<boolean> {
    const digest = new Bun.CryptoHasher("sha256").update(password).digest("hex");
    if (this.#known?.hash === hash && this.#known.digest === digest) return true;
    if (this.#checks >= checksMax) {
      throw guestFault("GuestOperationsUnavailable", "too many passwords to check: try again");
    }
    this.#checks++;
    const check = this.#checking.then(() => Bun.password.verify(password, hash));
    this.#checking = check.catch(() => undefined);
    const isRight = await check.catch(() => false).finally(() => this.#checks--);
    if (isRight) this.#known = { hash, digest };
    return isRight;
  }
}

function hashOf(text: string | undefined): string | undefined {
  try {
    const { rootPasswordHash } = JSON.parse(text ?? "") as Partial<ApplianceDebug>;
    return typeof rootPasswordHash === "string" ? rootPasswordHash : undefined;
  } catch {
    return undefined;
  }
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { hashOptions, passwordMaxBytes, type Users } from "../access/users.ts";
import { fault } from "../fault.ts";
import { type Clock, Throttle } from "./throttle.ts";

/** Password checks that may wait; each costs some 30 ms and 19 MiB. */
const checksMax = 64;

/** Tells whether a name and a password belong together, slowly for those who guess. */
export class Credentials {
  readonly #users: Users;
  readonly #throttle: Throttle;
  /** Digests of what was right last, by user, so that each HTTP request does not cost a slow hash. */
  readonly #verified = new Map<string, { digest: Buffer; passwordHash: string }>();
  readonly #salt = randomBytes(32);
  /** What is compared for names that nobody has: the time tells nothing. */
  #nobody: Promise<string> | undefined;
  #checking: Promise<unknown> = Promise.resolve();
  #checks = 0;

  constructor(users: Users, clock?: Clock) {
    this.#users = users;
    this.#throttle = new Throttle(clock);
  }

  /** Whether these are right. Checks run one at a time; a session in use is not slowed by those who guess. */
  async isRight(userName: string, password: string): Promise<boolean> {
    if (Buffer.byteLength(password) > passwordMaxBytes || password === "") return false;
    const digest = createHash("sha256")
      .update(this.#salt)
      .update(JSON.stringify([userName, password]))
      .digest();
    const passwordHash = this.#users.find(userName)?.passwordHash;
    const last = this.#verified.get(userName);
    const isKnown = last !== undefined && last.passwordHash === passwordHash;
    if (isKnown && timingSafeEqual(last.digest, digest)) return true;
    const key = passwordHash === undefined ? "" : userName;
    if (this.#checks >= checksMax) throw tooMany();
    this.#checks++;
    try {
      if (!(await this.#throttle.turn(key))) throw tooMany();
      const isPassword = await this.#verify(password, passwordHash ?? (await this.#nobodysHash()));
      // Removed or changed meanwhile: it does not count.
      const isSame = this.#users.find(userName)?.passwordHash === passwordHash;
      if (passwordHash === undefined || !isPassword || !isSame) {
        this.#throttle.failed(key);
        return false;
      }
      this.#throttle.succeeded(key);
      this.#verified.set(userName, { digest, passwordHash });
      return true;
    } finally {
      this.#checks--;
    }
  }

  forget(userName: string): void {
    this.#verified.delete(userName);
  }

  #nobodysHash(): Promise<string> {
    this.#nobody ??= Bun.password.hash(randomBytes(16).toString("hex"), hashOptions);
    return this.#nobody;
  }

  #verify(password: string, hash: string): Promise<boolean> {
    const check = this.#checking.then(() => Bun.password.verify(password, hash));
    this.#checking = check.catch(() => undefined);
    return check;
  }
}

const tooMany = () =>
  fault("InvalidLogin", "too many logins failed or are under way: try again in a minute");

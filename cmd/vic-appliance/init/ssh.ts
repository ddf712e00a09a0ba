import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import type { ApplianceDebug } from "../../../internal/guest/config.ts";

const keyMaxChars = 16_384;

/** sshd in the appliance: off until `vic-machine debug` turns it on, with host keys made then. */
export class Ssh {
  readonly #say: (text: string) => void;
  #server: Bun.Subprocess | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Follows the text of the appliance's debug key; undefined or unreadable text turns sshd off. */
  async apply(text: string | undefined): Promise<void> {
    const wanted = parse(text);
    if (!wanted?.ssh.enabled) {
      this.#server?.kill();
      this.#server = undefined;
      return;
    }
    mkdirSync("/root/.ssh", { recursive: true, mode: 0o700 });
    writeFileSync("/root/.ssh/authorized_keys", `${wanted.ssh.authorizedKey.trim()}\n`, {
      mode: 0o600,
    });
    chmodSync("/root/.ssh/authorized_keys", 0o600);
    if (this.#server) return;
    mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
    await Bun.spawn(["ssh-keygen", "-A"], { stdin: "ignore", stdout: "ignore", stderr: "inherit" })
      .exited;
    const options = ["-D", "-e", "-o", "PasswordAuthentication=no", "-o", "UsePAM=no"];
    const server = Bun.spawn(["/usr/sbin/sshd", ...options], {
      stdin: "ignore",
      stdout: "inherit",
      stderr: "inherit",
    });
    this.#server = server;
    this.#say("sshd was turned on");
    void server.exited.then((code) => {
      if (this.#server === server) this.#server = undefined;
      this.#say(`sshd ended with ${code}`);
    });
  }
}

function parse(text: string | undefined): ApplianceDebug | undefined {
  try {
    const debug = JSON.parse(text ?? "") as ApplianceDebug;
    const key = debug.ssh.authorizedKey;
    return typeof key === "string" && key.length <= keyMaxChars ? debug : undefined;
  } catch {
    return undefined;
  }
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "../../vim25/client.ts";

interface Hello {
  url: string;
  thumbprint: string;
  password: string;
  dir: string;
}

const endMs = 30_000;

/** A vic-host in a process of its own, with machines that do not run. */
export class FakeProcess implements AsyncDisposable {
  readonly #child: Bun.Subprocess<"pipe", "pipe", "inherit">;
  readonly #hello: Hello;

  private constructor(child: Bun.Subprocess<"pipe", "pipe", "inherit">, hello: Hello) {
    this.#child = child;
    this.#hello = hello;
  }

  static async start(): Promise<FakeProcess> {
    const child = Bun.spawn({
      cmd: [process.execPath, join(import.meta.dir, "fake-host.ts")],
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
    });
    let text = "";
    for await (const chunk of child.stdout) {
      text += new TextDecoder().decode(chunk);
      if (text.includes("\n")) return new FakeProcess(child, JSON.parse(text) as Hello);
    }
    throw new Error(`the vic-host of the test ended with ${await child.exited}`);
  }

  get url(): URL {
    return new URL(this.#hello.url);
  }
  /** Its folder: the datastore, the database. */
  get dir(): string {
    return this.#hello.dir;
  }
  /** Undefined while it runs. */
  get exitCode(): number | undefined {
    return this.#child.exitCode ?? undefined;
  }
  /** Resident memory, bytes. */
  get residentBytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  connect(): Promise<Client> {
    const { url, thumbprint, password } = this.#hello;
    return Client.connect({ url, username: "root", password, thumbprint });
  }

  /** Logs in and returns the session's cookie. */
  async cookie(): Promise<string> {
    const body =
      '<Envelope><Body><Login xmlns="urn:vim25"><_this type="SessionManager">ha-sessionmgr</_this>' +
      `<userName>root</userName><password>${this.#hello.password}</password></Login></Body></Envelope>`;
    const answer = await fetch(`${this.url.origin}/sdk`, {
      method: "POST",
      body,
      tls: { rejectUnauthorized: false },
    });
    const cookie = answer.headers.get("set-cookie")?.split(";")[0];
    if (!answer.ok || !cookie) throw new Error(`no login: ${await answer.text()}`);
    return cookie;
  }

  /** Ends the session of a cookie. */
  async logout(cookie: string): Promise<void> {
    const call =
      '<Logout xmlns="urn:vim25"><_this type="SessionManager">ha-sessionmgr</_this></Logout>';
    const answer = await fetch(`${this.url.origin}/sdk`, {
      method: "POST",
      headers: { cookie },
      body: `<Envelope><Body>${call}</Body></Envelope>`,
      tls: { rejectUnauthorized: false },
    });
    await answer.text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), endMs);
    await this.#child.exited;
    clearTimeout(timer);
  }
}

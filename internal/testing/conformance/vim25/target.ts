import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestHost } from "../../../host/testing/fakes.ts";
import { VicError } from "../../../errors/errors.ts";
import { Client } from "../../../vim25/client.ts";
import type { Mode } from "./suite.ts";

/** An endpoint the cases run against. */
export interface Target extends AsyncDisposable {
  login: { url: string; username: string; password: string; thumbprint: string };
  /** Where to put VMs; undefined: the only place there is. */
  compute: string | undefined;
  /** Resolves, with its last words, when the endpoint's process ends by itself. */
  ended: Promise<string>;
}

/** Our own vic-host, with machines that do not really run. */
export async function startVicHost(mode: Mode): Promise<Target> {
  const host = await TestHost.start({ mode });
  const { url, sha256 } = host.running;
  return {
    login: { url, username: "root", password: host.password, thumbprint: sha256 },
    compute: undefined,
    ended: new Promise<never>(() => undefined),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

const readyMsMax = 20_000;

/** VMware's simulator; it prints its address once it listens. */
export async function startVcsim(binary: string, mode: Mode): Promise<Target> {
  const credentials = { username: "user", password: "pass" };
  const flags = mode === "esx" ? ["-esx"] : [];
  // Its datastores are below TMPDIR; one that panics leaves them.
  const dir = mkdtempSync(join(tmpdir(), "vcsim-"));
  const process = Bun.spawn({
    cmd: [binary, "-l", "127.0.0.1:0", ...flags, "-username", "user", "-password", "pass"],
    env: { ...Bun.env, TMPDIR: dir },
    stdout: "pipe",
    stderr: "pipe",
  });
  const stop = async () => {
    process.kill();
    await process.exited;
    rmSync(dir, { recursive: true, force: true });
  };
  // Its stderr is read to the end: a full pipe would hold it up.
  const ended = new Response(process.stderr).text().then((words) => lastWords(words));
  try {
    const address = await addressOf(process.stdout);
    return {
      login: { url: `https://${address}`, ...credentials, thumbprint: await printOf(address) },
      compute: mode === "esx" ? undefined : "DC0_C0",
      ended,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The line that says why a Go program ended. */
function lastWords(stderr: string): string {
  return /^(panic|fatal error): .*/m.exec(stderr)?.[0] ?? "";
}

async function addressOf(stdout: ReadableStream<Uint8Array>): Promise<string> {
  const deadline = Date.now() + readyMsMax;
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdout) {
    text += decoder.decode(chunk, { stream: true });
    const match = /GOVC_URL=https:\/\/(?:[^@\s]*@)?([\d.]+:\d+)/.exec(text);
    if (match?.[1]) return match[1];
    if (Date.now() > deadline) break;
  }
  throw new Error(`vcsim did not say where it listens: ${text}`);
}

/** Its certificate is made anew at each start: the refusal tells the thumbprint. */
async function printOf(address: string): Promise<string> {
  const refused = await Client.connect({ url: address, username: "", password: "" }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const print = refused instanceof VicError ? refused.detail["thumbprint"] : undefined;
  if (typeof print !== "string") throw new Error("vcsim tells no thumbprint", { cause: refused });
  return print;
}

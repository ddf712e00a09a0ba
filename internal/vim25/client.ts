import { VicError } from "../errors/errors.ts";
import { faultError, hasFault } from "./fault.ts";
import { cancelled, Gate, pause, throwIfAborted, unlessAborted } from "./gate.ts";
import { anyMethod } from "./schema/schema.ts";
import { decodeResponse, encodeRequest, findMethod } from "./soap.ts";
import { isRefused, type TlsOptions, trust, unreachable } from "./trust.ts";
import type { DataObject, MoRef, ServiceContent } from "./types.ts";
import { documentCharsMax } from "./xml.ts";

/** Calls on the wire at once; ESXi serves few at a time and queues the others itself. */
const inFlightMax = 32;
/** Calls waiting for room. */
const waitingMax = 10_000;
/** Longest call, unless the caller says otherwise. */
const callMsMax = 60_000;
const logoutMsMax = 3_000;
/** ESXi and vCenter end a session after 30 minutes of silence. */
const keepAliveMsDefault = 10 * 60_000;
const cookieName = "vmware_soap_session";
/** First version that has InstantClone_Task; later servers speak it too. */
const wantedVersion = "6.7";
/** Pauses before a call is sent again, milliseconds: kept connections may all be stale, and a server may be starting. */
const resendPausesMs = [0, 100, 200, 400, 800, 1500];
/** Methods that may be sent again when a connection broke: they change nothing. */
const repeatable =
  /^(Retrieve|Continue|Query|Find|Current|WaitForUpdates|CheckForUpdates|HasPrivilege)/;

const serviceInstance: MoRef = { type: "ServiceInstance", value: "ServiceInstance" };

/** Where and as whom to log in. */
export interface ConnectOptions {
  /** `https://host[:port][/sdk]` or just `host[:port]`. */
  url: string;
  username: string;
  password: string;
  /** SHA-1 or SHA-256 of the server's certificate; without it the system's certificate store decides. */
  thumbprint?: string;
  signal?: AbortSignal;
  /** How often the server is told that the session is in use; default 10 minutes. */
  keepAliveMs?: number;
}

/** Options of one call. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** Options of {@link Client.fetch}. */
export interface FetchOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;
  signal?: AbortSignal | undefined;
}

/** Completes what a user gives as target to the URL of the SOAP endpoint. */
export function endpointUrl(target: string): URL {
  const text = /^https?:\/\//i.test(target) ? target : `https://${target}`;
  if (!URL.canParse(text)) throw new VicError("invalid", `not a vSphere address: ${target}`);
  const url = new URL(text);
  if (url.pathname === "/" || url.pathname === "") url.pathname = "/sdk";
  url.username = "";
  url.password = "";
  url.hash = "";
  return url;
}

/**
 * A session with vCenter or an ESXi host. Logs in again by itself when the session is gone.
 *
 * @example
 * await using client = await Client.connect({ url: "esx1", username: "root", password, thumbprint });
 * const now = await client.call(client.instance, "CurrentTime");
 */
export class Client {
  readonly url: URL;
  /** The root object of the API. */
  readonly instance: MoRef = serviceInstance;
  readonly #tls: TlsOptions | undefined;
  readonly #credentials: { userName: string; password: string };
  readonly #gate = new Gate(inFlightMax, waitingMax);
  readonly #closing = new AbortController();
  #content: ServiceContent | undefined;
  #cookie: string | undefined;
  #version = "6.0";
  #epoch = 0;
  #relogin: Promise<void> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;

  private constructor(url: URL, tls: TlsOptions | undefined, options: ConnectOptions) {
    this.url = url;
    this.#tls = tls;
    this.#credentials = { userName: options.username, password: options.password };
  }

  /** Checks the certificate, reads the service content and logs in. */
  static async connect(options: ConnectOptions): Promise<Client> {
    const url = endpointUrl(options.url);
    const tls = await trust(url, options.thumbprint, options.signal);
    const client = new Client(url, tls, options);
    await client.#start(options);
    return client;
  }

  /** What the server consists of. */
  get content(): ServiceContent {
    if (!this.#content) throw new VicError("internal", "vim25 client is not connected");
    return this.#content;
  }

  /** Whether the server is a vCenter (not a single host). */
  get isVCenter(): boolean {
    return this.content.about.apiType === "VirtualCenter";
  }

  /** Grows with each login: objects of a session (filters, views, collectors) die with their epoch. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Aborted when the client is closed. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  async #start({ signal, keepAliveMs = keepAliveMsDefault }: ConnectOptions): Promise<void> {
    this.#content = (await this.#exchange(
      serviceInstance,
      "RetrieveServiceContent",
      {},
      { signal },
    )) as ServiceContent;
    const { apiVersion } = this.#content.about;
    this.#version = newer(apiVersion, wantedVersion) ? wantedVersion : apiVersion;
    await this.#login(signal);
    this.#keepAlive = setInterval(() => {
      // A failure shows in the next real call, which says it to somebody.
      this.call(serviceInstance, "CurrentTime").catch(() => undefined);
    }, keepAliveMs);
    this.#keepAlive.unref();
  }

  async #login(signal?: AbortSignal): Promise<void> {
    const manager = this.content.sessionManager;
    if (!manager) throw new VicError("unsupported", `${this.url.origin} has no session manager`);
    this.#cookie = undefined;
    try {
      await this.#exchange(manager, "Login", this.#credentials, { signal });
    } catch (error) {
      if (!hasFault(error, "InvalidLogin")) throw error;
      throw new VicError("unauthenticated", `wrong user name or password for ${this.url.host}`, {
        hint: "check the user name and the password",
        detail: { fault: "InvalidLogin" },
        cause: error,
      });
    }
    this.#epoch += 1;
  }

  /** Logs in again unless somebody has since `epoch`; callers at the same time share one login. */
  #renew(epoch: number): Promise<void> {
    if (this.#epoch !== epoch) return Promise.resolve();
    this.#relogin ??= this.#login(this.signal).finally(() => {
      this.#relogin = undefined;
    });
    return this.#relogin;
  }

  /** Runs `work`; when it fails with NotAuthenticated, logs in again (once for all who need it) and runs it again. */
  async withSession<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const epoch = this.#epoch;
    try {
      return await work();
    } catch (error) {
      if (!hasFault(error, "NotAuthenticated")) throw error;
      await unlessAborted(this.#renew(epoch), signal); // the login is the others' too: it goes on
      return await work();
    }
  }

  /**
   * Calls a method and returns its result. Faults become VicErrors with `detail.fault`; a lost session is renewed once.
   *
   * @example const ref = await client.call<MoRef>(pool, "CreateResourcePool", { name, spec });
   */
  async call<T = unknown>(
    self: MoRef,
    method: string,
    params: DataObject = {},
    options: CallOptions = {},
  ): Promise<T> {
    const call = () => this.#exchange(self, method, params, options);
    return (await this.withSession(call, options.signal)) as T;
  }

  async #exchange(
    self: MoRef,
    method: string,
    params: DataObject,
    options: CallOptions,
  ): Promise<unknown> {
    const row = findMethod(self.type, method) ?? anyMethod(method);
    if (!row) throw new VicError("internal", `vim25: no method ${method} of ${self.type}`);
    const body = encodeRequest(self, method, params);
    const timeout = AbortSignal.timeout(options.timeoutMs ?? callMsMax);
    const signal = this.#anySignal(timeout, options.signal);
    try {
      return await this.#gate.run(async () => {
        const text = await this.#post(method, body, signal);
        const answer = understand(row, text, this.url);
        if ("fault" in answer) throw faultError(answer.fault);
        return answer.result;
      }, signal);
    } catch (error) {
      if (options.signal?.aborted) throw cancelled(options.signal);
      if (this.signal.aborted) throw closedError(error);
      if (!timeout.aborted) throw error;
      throw new VicError("unavailable", `${method}: no answer from ${this.url.host} in time`, {
        cause: error,
      });
    }
  }

  #anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal {
    const all = [...signals, this.signal].filter((s) => s !== undefined);
    return AbortSignal.any(all);
  }

  async #post(method: string, body: string, signal: AbortSignal): Promise<string> {
    const send = () =>
      this.#send(this.url, {
        method: "POST",
        body,
        signal,
        headers: {
          "content-type": "text/xml; charset=utf-8",
          soapaction: `urn:vim25/${this.#version}`,
        },
      });
    const response = await resend(send, signal, repeatable.test(method));
    const cookie = response.headers.getSetCookie().find((c) => c.startsWith(`${cookieName}=`));
    if (cookie !== undefined) this.#cookie = cookie.split(";")[0];
    const text = await readText(response);
    if (response.ok || text.includes("Fault")) return text;
    throw statusError(response.status, this.url);
  }

  async #send(url: URL, options: FetchOptions): Promise<Response> {
    const { signal, headers, ...rest } = options;
    const request: BunFetchRequestInit = {
      ...rest,
      ...(signal ? { signal } : {}),
      headers: { ...headers, ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }) },
      redirect: "error",
      ...(this.#tls ? { tls: this.#tls } : {}),
    };
    try {
      // timeout: Bun's own idle limit of 5 minutes is off, the signal decides.
      return await fetch(url, { ...request, timeout: false } as BunFetchRequestInit);
    } catch (error) {
      throwIfAborted(signal ?? undefined);
      throw unreachable(url, error);
    }
  }

  /**
   * HTTP to the same server with the session's cookie, for datastore files. The caller looks at the status; with 401
   * and a body that can be sent again the session is renewed once.
   */
  async fetch(path: string, options: FetchOptions = {}): Promise<Response> {
    const url = new URL(path, this.url);
    if (url.origin !== this.url.origin) throw new VicError("internal", `not a path: ${path}`);
    const signal = this.#anySignal(options.signal);
    const epoch = this.#epoch;
    const response = await this.#send(url, { ...options, signal });
    const isStream = options.body instanceof ReadableStream;
    if (response.status !== 401 || isStream) return response;
    await response.body?.cancel();
    await unlessAborted(this.#renew(epoch), signal);
    return this.#send(url, { ...options, signal });
  }

  /** Logs out (best effort) and ends everything that still waits. */
  async close(): Promise<void> {
    if (this.signal.aborted) return;
    clearInterval(this.#keepAlive);
    const manager = this.#content?.sessionManager;
    if (manager && this.#cookie !== undefined) {
      // The session ends by itself when this does not get through.
      await this.#exchange(manager, "Logout", {}, { timeoutMs: logoutMsMax }).catch(
        () => undefined,
      );
    }
    this.#closing.abort(new VicError("cancelled", "the vSphere client is closed"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Sends again what has not reached the server, and, if it is `isRepeatable`, what may have. */
async function resend(
  send: () => Promise<Response>,
  signal: AbortSignal,
  isRepeatable: boolean,
): Promise<Response> {
  for (const pauseMs of resendPausesMs) {
    try {
      return await send();
    } catch (error) {
      throwIfAborted(signal);
      if (!isRepeatable && !isRefused(error)) throw error;
    }
    await pause(pauseMs, signal);
  }
  return send();
}

const closedError = (cause: unknown) =>
  new VicError("cancelled", "the vSphere client is closed", { cause });

/** Whether dotted version `a` is `b` or later. */
function newer(a: string, b: string): boolean {
  const [x, y] = [a, b].map((v) => v.split(".").map(Number)) as [number[], number[]];
  for (const [index, want] of y.entries()) {
    const have = x[index] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

function understand(row: NonNullable<ReturnType<typeof findMethod>>, text: string, url: URL) {
  try {
    return decodeResponse(row, text);
  } catch (error) {
    throw new VicError("damaged", `${url.origin} does not answer as vSphere does`, {
      hint: "check that this is the address of a vCenter or an ESXi host",
      cause: error,
    });
  }
}

function statusError(status: number, url: URL): VicError {
  const code =
    status === 401
      ? "unauthenticated"
      : status === 403
        ? "forbidden"
        : status === 404
          ? "not-found"
          : "unavailable";
  return new VicError(code, `${url.href} answered with HTTP status ${status}`, {
    hint: "check that this is the address of a vCenter or an ESXi host, and that it is up",
    detail: { status },
  });
}

/** The body as text, refused when it is longer than any honest one. */
async function readText(response: Response): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > documentCharsMax) {
      throw new VicError("damaged", `an answer of over ${documentCharsMax} characters`);
    }
  }
  return text + decoder.decode();
}

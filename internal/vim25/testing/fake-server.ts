import { VicError } from "../../errors/errors.ts";
import { type KeyPair, selfSigned } from "../../pki/pki.ts";
import { decodeRequest, encodeFault, encodeResponse, type Request as Call } from "../soap.ts";
import type { DataObject } from "../types.ts";

/** Answers a call with its result; a {@link Fault} thrown becomes a SOAP fault. */
export type Handler = (call: Call, server: FakeServer) => unknown;

/** Thrown by a {@link Handler}. */
export class Fault extends Error {
  readonly fault: DataObject & { _type: string };

  constructor(type: string, fields: DataObject = {}) {
    super(`a fault ${type}`);
    this.fault = { ...fields, _type: type };
  }
}

const about = {
  name: "fake",
  fullName: "fake",
  vendor: "test",
  version: "8.0.0",
  build: "1",
  osType: "linux",
  productLineId: "embeddedEsx",
  apiType: "HostAgent",
  apiVersion: "8.0.0.0",
};

/** A server that speaks just enough vSphere for the client's own tests: sessions, and what the handlers say. */
export class FakeServer implements AsyncDisposable {
  readonly pair: KeyPair;
  readonly handlers: Record<string, Handler>;
  /** Methods called, in order. */
  readonly calls: string[] = [];
  readonly password = "pässword <&>";
  /** Cookies that are good. Clear it to lose all sessions. */
  readonly sessions = new Set<string>();
  /** What a login waits for. */
  beforeLogin: () => Promise<void> = async () => undefined;
  #sessionCount = 0;
  #server: Bun.Server<undefined>;

  private constructor(pair: KeyPair, handlers: Record<string, Handler>) {
    this.pair = pair;
    this.handlers = handlers;
    this.#server = this.#listen(0);
  }

  #listen(port: number): Bun.Server<undefined> {
    return Bun.serve({
      port,
      hostname: "127.0.0.1",
      idleTimeout: 0,
      tls: { cert: this.pair.certPem, key: this.pair.keyPem },
      fetch: (request) => this.#fetch(request),
    });
  }

  /** Goes down with all connections and sessions, and comes back at the same address after `whileDown`. */
  async restart(whileDown: () => Promise<void>): Promise<void> {
    const port = Number(this.#server.port);
    await this.#server.stop(true);
    this.sessions.clear();
    await whileDown();
    this.#server = this.#listen(port);
  }

  static async start(handlers: Record<string, Handler> = {}): Promise<FakeServer> {
    const pair = await selfSigned({ organization: ["test"], sans: ["other"], usage: "server" });
    return new FakeServer(pair, handlers);
  }

  get url(): string {
    return `https://127.0.0.1:${this.#server.port}`;
  }

  /** How often a method was called. */
  count(method: string): number {
    return this.calls.filter((name) => name === method).length;
  }

  async #fetch(request: Request): Promise<Response> {
    const cookie = request.headers.get("cookie") ?? "";
    try {
      const call = decodeRequest(await request.text());
      this.calls.push(call.method);
      const headers: Record<string, string> = {};
      const result = await this.#answer(call, cookie, headers);
      return new Response(encodeResponse(call.row, result), { headers });
    } catch (error) {
      if (error instanceof Response) return error;
      if (error instanceof Fault) {
        const { fault, message } = error;
        return new Response(encodeFault({ fault, message }), { status: 500 });
      }
      return new Response(VicError.from(error).message, { status: 400 });
    }
  }

  async #answer(call: Call, cookie: string, headers: Record<string, string>): Promise<unknown> {
    const { method, params } = call;
    const ref = (type: string) => ({ type, value: `fake-${type}` });
    if (method === "RetrieveServiceContent") {
      return {
        about,
        rootFolder: ref("Folder"),
        propertyCollector: ref("PropertyCollector"),
        sessionManager: ref("SessionManager"),
      };
    }
    if (method === "Login") {
      await this.beforeLogin();
      if (params["password"] !== this.password) throw new Fault("InvalidLogin");
      const session = `vmware_soap_session="s${++this.#sessionCount}"`;
      this.sessions.add(session);
      headers["set-cookie"] = `${session}; Path=/; HttpOnly`;
      return {
        key: "1",
        userName: "u",
        fullName: "u",
        loginTime: new Date(),
        lastActiveTime: new Date(),
      };
    }
    if (!this.sessions.has(cookie)) throw new Fault("NotAuthenticated");
    const handler = this.handlers[method];
    if (method === "Logout") this.sessions.delete(cookie);
    return handler?.(call, this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop(true);
  }
}

import type { Server } from "bun";
import { apiVersion } from "./inventory/about.ts";
import { fixedEntities } from "./inventory/fixed.ts";
import { hostObjects } from "./inventory/host-object.ts";
import { managers } from "./inventory/managers.ts";
import { refs } from "./inventory/refs.ts";
import type { World } from "./inventory/world.ts";
import type { Service } from "./soap/call.ts";
import { dispatch } from "./soap/dispatch.ts";
import { PropertyCollector } from "./soap/property-collector.ts";
import { type Account, type Session, sessionManagerObject, Sessions } from "./soap/session.ts";
import { ticketUse } from "./soap/tickets.ts";
import { serveFolder } from "./storage/folder-http.ts";

/** Largest SOAP request, bytes. */
const soapMaxBytes = 4 * 1024 * 1024;
/** Largest upload: Bun needs a number, the datastore's room is what counts. */
const uploadMaxBytes = 2 ** 50;
const cookieName = "vmware_soap_session";
const ticketCookie = "vmware_cgi_ticket";
const datacenterPath = "ha-datacenter";

/** Where and as what to serve. */
export interface EndpointOptions {
  world: World;
  hostname: string;
  /** 0: any free one. */
  port: number;
  certificate: { certPem: string; keyPem: string; sha1: string };
  account: Account;
}

/** Serves `/sdk` and `/folder` over TLS until it is disposed. */
export class Endpoint implements AsyncDisposable {
  readonly #service: Service;
  readonly #server: Server<undefined>;

  constructor(options: EndpointOptions) {
    const { world, certificate } = options;
    const sessions = new Sessions(world.inventory, options.account);
    const { inventory } = world;
    const openCollector = new PropertyCollector(refs.propertyCollector, inventory, (ref) =>
      inventory.find(ref),
    );
    this.#service = { world, sessions, openCollector };
    this.#server = Bun.serve({
      hostname: options.hostname,
      port: options.port,
      idleTimeout: 0,
      maxRequestBodySize: uploadMaxBytes,
      development: false,
      tls: { cert: certificate.certPem, key: certificate.keyPem },
      fetch: (request) => this.#serve(request),
      error: (error) => new Response(`${error.message}\n`, { status: 500 }),
    });
    const endpoint = { port: this.port, sslThumbprint: certificate.sha1 };
    for (const object of [
      ...fixedEntities(world),
      ...hostObjects(world, endpoint),
      ...managers(world),
      sessionManagerObject(() => []),
    ]) {
      inventory.add(object);
    }
  }

  get port(): number {
    return this.#server.port ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Ends the waits, so that their clients see an answer and not a broken connection.
    for (const session of this.#service.sessions.all()) this.#service.sessions.end(session);
    await this.#server.stop(true);
  }

  async #serve(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/sdk" || pathname === "/sdk/") return this.#soap(request);
    if (pathname === "/folder" || pathname.startsWith("/folder/")) return this.#folder(request);
    if (pathname === "/sdk/vimServiceVersions.xml") return versions();
    if (pathname === "/") return new Response("vic-host: the vSphere API is at /sdk\n");
    return new Response("not found\n", { status: 404 });
  }

  async #soap(request: Request): Promise<Response> {
    if (request.method !== "POST") {
      return new Response("POST SOAP here\n", { status: 405, headers: { allow: "POST" } });
    }
    const text = await readText(request);
    if (text === undefined) return new Response("the request is too large\n", { status: 413 });
    const session = this.#service.sessions.find(cookie(request, cookieName));
    if (session) session.calls++;
    try {
      const answer = await dispatch(this.#service, text, {
        session,
        userAgent: (request.headers.get("user-agent") ?? "").slice(0, 256),
        signal: request.signal,
      });
      const headers = new Headers({ "content-type": "text/xml; charset=utf-8" });
      if (answer.session !== undefined) headers.set("set-cookie", sessionCookie(answer.session));
      return new Response(answer.xml, { status: answer.status, headers });
    } finally {
      if (session) {
        session.calls--;
        session.lastActive = Date.now();
      }
    }
  }

  async #folder(request: Request): Promise<Response> {
    const session = this.#service.sessions.find(cookie(request, cookieName));
    if (!session && !(await this.#isBasic(request)) && !this.#hasTicket(request)) {
      return new Response("log in first\n", {
        status: 401,
        headers: { "www-authenticate": 'Basic realm="vic-host"' },
      });
    }
    // A session that transfers a file is in use for as long as that takes.
    if (session) session.calls++;
    try {
      return await serveFolder(this.#service.world.datastores, request, datacenterPath);
    } finally {
      if (session) session.calls--;
    }
  }

  async #isBasic(request: Request): Promise<boolean> {
    const match = /^Basic ([A-Za-z\d+/=]+)$/i.exec(request.headers.get("authorization") ?? "");
    const [, user, password] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(match?.[1] ?? "", "base64").toString()) ?? [];
    if (user === undefined || password === undefined) return false;
    return this.#service.sessions.isRight(user, password).catch(() => false);
  }

  #hasTicket(request: Request): boolean {
    const id = cookie(request, ticketCookie);
    if (id === undefined) return false;
    const use = ticketUse(`http${request.method}`, request.url);
    return this.#service.sessions.tickets.redeem(id, "http", use) !== undefined;
  }
}

/** The body as text; undefined: longer than a SOAP request may be. */
async function readText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > soapMaxBytes) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of request.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > soapMaxBytes) return undefined;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

function cookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value = ""] = part.trim().split("=", 2);
    if (key === name) return value.replace(/^"|"$/g, "");
  }
  return undefined;
}

function sessionCookie(session: Session | null): string {
  const end = session ? "" : "; Max-Age=0";
  return `${cookieName}="${session?.token ?? ""}"; Path=/; HttpOnly; Secure${end}`;
}

function versions(): Response {
  const xml =
    '<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace>' +
    `<name>urn:vim25</name><version>${apiVersion}</version>` +
    "<priorVersions><version>6.5</version><version>6.0</version></priorVersions>" +
    "</namespace></namespaces>";
  return new Response(xml, { headers: { "content-type": "text/xml; charset=utf-8" } });
}

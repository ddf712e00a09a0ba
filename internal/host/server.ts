import type { Server } from "bun";
import { fault } from "./fault.ts";
import { basicUser, cookie, mayTransfer, ticketUser } from "./http-user.ts";
import { apiVersion } from "./inventory/about.ts";
import { serveGuestFile } from "./guest/guest-file-http.ts";
import { Transfers } from "./guest/transfers.ts";
import { fixedEntities } from "./inventory/fixed.ts";
import { hostObjects } from "./inventory/host-object.ts";
import { managers } from "./inventory/managers.ts";
import { refs } from "./inventory/refs.ts";
import type { World } from "./inventory/world.ts";
import type { Service } from "./soap/call.ts";
import { type Answer, dispatch, faultAnswer } from "./soap/dispatch.ts";
import { PropertyCollector } from "./soap/property-collector.ts";
import { soapMaxBytes, strangerMaxBytes } from "./soap/limits.ts";
import { type Session, sessionManagerObject } from "./soap/session.ts";
import { Sessions } from "./soap/sessions.ts";
import { serveFolder } from "./storage/folder-http.ts";
import { Progress } from "./storage/progress.ts";

/** Largest upload: Bun needs a number, the datastore's room is what counts. */
const uploadMaxBytes = 2 ** 50;
const cookieName = "vmware_soap_session";
/** How long a connection may take for a request, or be kept alive, seconds; 255 is the most that Bun has. */
const strangerSeconds = 60;
const keptSeconds = 255;
/** Requests at once of those who are not logged in. */
const strangersMax = 256;

/** Where and as what to serve. */
export interface EndpointOptions {
  world: World;
  hostname: string;
  /** 0: any free one. */
  port: number;
  certificate: { certPem: string; keyPem: string; sha1: string };
}

/** Serves `/sdk` and `/folder` over TLS until it is disposed. */
export class Endpoint implements AsyncDisposable {
  readonly #service: Service;
  readonly #server: Server<undefined>;
  /** Requests under way of those who are not logged in. */
  #strangers = 0;

  constructor(options: EndpointOptions) {
    const { world, certificate } = options;
    const sessions = new Sessions(world);
    const { inventory } = world;
    const openCollector = new PropertyCollector(refs.propertyCollector, inventory, (ref) =>
      inventory.find(ref),
    );
    this.#service = { world, sessions, transfers: new Transfers(), openCollector };
    this.#server = Bun.serve({
      hostname: options.hostname,
      port: options.port,
      // Bun closes a connection without a whole request head after 12 s, one with a body that takes longer than
      // this, and one that is kept alive. Waits and transfers of those who are logged in have no limit.
      idleTimeout: strangerSeconds,
      maxRequestBodySize: uploadMaxBytes,
      development: false,
      tls: { cert: certificate.certPem, key: certificate.keyPem },
      fetch: (request) => this.#serve(request),
      error: (error) => answerOf(faultAnswer(error)),
    });
    const endpoint = { port: this.port, sslThumbprint: certificate.sha1 };
    for (const object of [
      ...fixedEntities(world),
      ...hostObjects(world, endpoint),
      ...managers(world),
      sessionManagerObject({ list: () => [], message: () => sessions.message }),
    ]) {
      inventory.add(object);
    }
  }

  get sessions(): Sessions {
    return this.#service.sessions;
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
    if (pathname === "/guestFile") {
      const { world, transfers } = this.#service;
      return this.#unhurried(request, () => serveGuestFile(world, transfers, request));
    }
    if (pathname === "/sdk/vimServiceVersions.xml") return versions();
    if (pathname === "/") return new Response("vic-host: the vSphere API is at /sdk\n");
    return new Response("not found\n", { status: 404 });
  }

  async #soap(request: Request): Promise<Response> {
    if (request.method !== "POST") {
      return new Response("POST SOAP here\n", { status: 405, headers: { allow: "POST" } });
    }
    if ((request.headers.get("content-encoding") ?? "identity") !== "identity") {
      return new Response("send the request uncompressed\n", { status: 415 });
    }
    const { sessions } = this.#service;
    const session = sessions.find(cookie(request, cookieName));
    if (session) session.calls++;
    try {
      const text = await readText(request, session ? soapMaxBytes : strangerMaxBytes);
      if (text === undefined) return new Response("the request is too large\n", { status: 413 });
      return answerOf(await this.#answer(request, text, session));
    } finally {
      if (session) {
        session.calls--;
        session.lastActive = Date.now();
      }
    }
  }

  async #answer(request: Request, text: string, session: Session | undefined): Promise<Answer> {
    // Counted from here on: requests that are still coming in hold little, and not for long.
    if (!session && this.#strangers >= strangersMax) {
      const busy = fault("SystemError", "too many clients log in: try again", { reason: "busy" });
      return { ...faultAnswer(busy), status: 503 };
    }
    if (session) this.#server.timeout(request, 0);
    else this.#strangers++;
    try {
      return await dispatch(this.#service, text, {
        session,
        userAgent: (request.headers.get("user-agent") ?? "").slice(0, 256),
        address: this.#address(request),
        signal: request.signal,
      });
    } finally {
      if (!session) this.#strangers--;
      this.#server.timeout(request, session ? keptSeconds : strangerSeconds);
    }
  }

  /** Answers a request that may take as long as it takes; what is downloaded still goes out after this. */
  async #unhurried(request: Request, work: () => Promise<Response>): Promise<Response> {
    this.#server.timeout(request, 0);
    const response = await work();
    if (!response.ok || request.method !== "GET") this.#server.timeout(request, strangerSeconds);
    return response;
  }

  #address(request: Request): string {
    return this.#server.requestIP(request)?.address ?? "";
  }

  async #folder(request: Request): Promise<Response> {
    const { sessions, world } = this.#service;
    const session = sessions.find(cookie(request, cookieName));
    const user =
      session?.userName ?? (await basicUser(sessions, request)) ?? ticketUser(sessions, request);
    if (user === undefined) {
      return new Response("log in first\n", {
        status: 401,
        headers: { "www-authenticate": 'Basic realm="vic-host"' },
      });
    }
    if (!mayTransfer(world, user, request)) {
      return new Response("permission denied\n", { status: 403 });
    }
    // A session that transfers a file is in use for as long as that takes.
    if (session) session.calls++;
    using progress = new Progress(() => this.#server.timeout(request, 1));
    try {
      return await this.#unhurried(request, () =>
        serveFolder(world.datastores, request, world.names.datacenter, progress.touch),
      );
    } finally {
      if (session) {
        session.calls--;
        session.lastActive = Date.now();
      }
    }
  }
}

/** The body as text; undefined: longer than it may be. */
async function readText(request: Request, maxBytes: number): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of request.body ?? []) {
    const bytes = chunk as Uint8Array;
    length += bytes.length;
    if (length > maxBytes) return undefined;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

/** The response to a call; its cookie cannot be read by scripts, leaves only over TLS, and not to other sites. */
function answerOf(answer: Answer): Response {
  const headers = new Headers({ "content-type": "text/xml; charset=utf-8" });
  const { session } = answer;
  if (session !== undefined) {
    const end = session ? "" : "; Max-Age=0";
    const attributes = `Path=/; HttpOnly; Secure; SameSite=Strict${end}`;
    headers.set("set-cookie", `${cookieName}="${session?.token ?? ""}"; ${attributes}`);
  }
  return new Response(answer.xml, { status: answer.status, headers });
}

function versions(): Response {
  const xml =
    '<?xml version="1.0" encoding="UTF-8" ?><namespaces version="1.0"><namespace>' +
    `<name>urn:vim25</name><version>${apiVersion}</version>` +
    "<priorVersions><version>6.5</version><version>6.0</version></priorVersions>" +
    "</namespace></namespaces>";
  return new Response(xml, { headers: { "content-type": "text/xml; charset=utf-8" } });
}

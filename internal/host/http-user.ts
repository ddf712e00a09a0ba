import type { World } from "./inventory/world.ts";
import { datastoreNamed } from "./soap/lookup.ts";
import type { Sessions } from "./soap/sessions.ts";
import { ticketUse } from "./soap/tickets.ts";

const ticketCookie = "vmware_cgi_ticket";

/** Value of a cookie of a request. */
export function cookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value = ""] = part.trim().split("=", 2);
    if (key === name) return value.replace(/^"|"$/g, "");
  }
  return undefined;
}

/** The user whose name and password a request has with it. */
export async function basicUser(sessions: Sessions, request: Request): Promise<string | undefined> {
  const match = /^Basic ([A-Za-z\d+/=]+)$/i.exec(request.headers.get("authorization") ?? "");
  const [, user, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(match?.[1] ?? "", "base64").toString()) ?? [];
  if (user === undefined || password === undefined) return undefined;
  const isRight = await sessions.credentials.isRight(user, password).catch(() => false);
  return isRight ? user : undefined;
}

/** The user whose ticket for just this request it has with it. */
export function ticketUser(sessions: Sessions, request: Request): string | undefined {
  const id = cookie(request, ticketCookie);
  if (id === undefined) return undefined;
  return sessions.tickets.redeem(id, "http", ticketUse(`http${request.method}`, request.url));
}

/** Whether a user may do what a request below /folder asks for. */
export function mayTransfer({ access, inventory, refs }: World, user: string, request: Request) {
  const name = new URL(request.url).searchParams.get("dsName");
  const datastore = name === null ? refs.rootFolder : datastoreNamed(inventory, name);
  // What is not there is told by who serves it.
  if (!datastore) return true;
  const isRead = request.method === "GET" || request.method === "HEAD";
  return access.has(user, isRead ? "Datastore.Browse" : "Datastore.FileManagement", datastore);
}

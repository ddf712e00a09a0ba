import { createHash, randomBytes } from "node:crypto";

const ownHost = "https://localhost";

/** What a ticket for one HTTP request is good for; methods are named httpGet, httpPut and so on. */
export function ticketUse(method: string | undefined, url: string): string {
  const verb = (method ?? "httpGet").replace(/^http/i, "").toUpperCase();
  const { pathname, searchParams } = new URL(url, ownHost);
  return `${verb} ${pathname}?${searchParams.get("dsName") ?? ""}`;
}

/** Whether a ticket can be for this; a path stands for a URL of vic-host. */
export const isTicketUrl = (url: string): boolean => url !== "" && URL.canParse(url, ownHost);

const ticketMs = 30_000;
const ticketsMax = 1000;

/** One-time tickets that stand for a session for a short while. */
export class Tickets {
  readonly #tickets = new Map<string, { use: string; user: string; expires: number }>();

  issue(session: { userName: string }, kind: string, use: string): string {
    const [oldest] = this.#tickets.size >= ticketsMax ? this.#tickets.keys() : [];
    if (oldest !== undefined) this.#tickets.delete(oldest);
    const id = randomBytes(24).toString("hex");
    const entry = { use: `${kind} ${use}`, user: session.userName, expires: Date.now() + ticketMs };
    this.#tickets.set(digest(id), entry);
    return id;
  }

  /** The user, when the ticket is good for this use; it is used up. */
  redeem(id: string, kind: string, use: string): string | undefined {
    const key = digest(id);
    const entry = this.#tickets.get(key);
    this.#tickets.delete(key);
    if (!entry || entry.expires < Date.now() || entry.use !== `${kind} ${use}`) return undefined;
    return entry.user;
  }

  /** Tickets of a user are good no more. */
  forget(user: string): void {
    for (const [key, entry] of this.#tickets) if (entry.user === user) this.#tickets.delete(key);
  }
}

const digest = (id: string): string => createHash("sha256").update(id).digest("hex");

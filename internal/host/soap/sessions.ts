import { fault } from "../fault.ts";
import { SessionEvents } from "../events/session-events.ts";
import type { World } from "../inventory/world.ts";
import { Credentials } from "./credentials.ts";
import { type Client, Session, type SessionFacts } from "./session.ts";
import { Tickets } from "./tickets.ts";

/** Sessions at once, and how many of them one user may have. */
const sessionsMax = 500;
const sessionsOfUserMax = 400;
const minuteMs = 60 * 1000;
/** Longest text for all sessions, characters. */
const messageMax = 4096;

/** Who is logged in. */
export class Sessions {
  readonly tickets = new Tickets();
  readonly credentials: Credentials;
  readonly events: SessionEvents;
  readonly #world: World;
  readonly #byToken = new Map<string, Session>();
  #message = "";

  constructor(world: World) {
    this.#world = world;
    this.events = new SessionEvents(world);
    this.credentials = new Credentials(world.access.users);
    world.access.users.subscribe((name) => {
      this.credentials.forget(name);
      this.tickets.forget(name);
      for (const session of this.all()) if (session.userName === name) this.end(session);
    });
  }

  /** The text that every session shows. */
  get message(): string {
    return this.#message;
  }

  set message(text: string) {
    this.#message = text.slice(0, messageMax);
    this.#world.inventory.changed(this.#world.refs.sessionManager);
  }

  all(): Session[] {
    return [...this.#byToken.values()];
  }

  /** The session of a cookie; one that was idle for too long ends here. */
  find(token: string | undefined): Session | undefined {
    const session = token === undefined ? undefined : this.#byToken.get(token);
    if (!session) return undefined;
    if (this.#isStale(session)) {
      this.end(session);
      return undefined;
    }
    session.lastActive = Date.now();
    return session;
  }

  /** A new session, or an InvalidLogin fault. */
  async login(password: string, client: Client): Promise<Session> {
    const isRight = await this.credentials.isRight(client.userName, password);
    const who = `${client.userName} from ${client.address}`;
    if (!isRight) {
      this.#world.log.add(`login failed: ${who}`);
      this.events.failure(client);
      throw fault("InvalidLogin", "incorrect user name or password");
    }
    this.#world.log.add(`login: ${who}`);
    const session = this.open(client);
    this.events.login(session);
    return session;
  }

  /** A new session of a user who has proved who it is. */
  open(client: Client): Session {
    this.#makeRoom(client.userName);
    const { inventory, access } = this.#world;
    const session = new Session({ inventory, access, client, facts: this.#facts });
    this.#byToken.set(session.token, session);
    return session;
  }

  end(session: Session): void {
    this.#byToken.delete(session.token);
    session.close();
  }

  /** The session with this key, which everybody who may list sessions can read. */
  withKey(key: string): Session | undefined {
    return this.all().find((session) => session.key === key);
  }

  readonly #facts: SessionFacts = {
    list: (asking) => {
      const { access, refs } = this.#world;
      const isAll = access.has(asking.userName, "Sessions.TerminateSession", refs.rootFolder);
      this.#endStale();
      return (isAll ? this.all() : [asking]).map((session) => session.info());
    },
    message: () => this.#message,
  };

  #isStale(session: Session): boolean {
    const minutes = this.#world.options.number("Config.HostAgent.vmacore.soap.sessionTimeout");
    if (minutes === 0 || session.calls > 0) return false;
    return Date.now() - session.lastActive > minutes * minuteMs;
  }

  #endStale(): void {
    for (const session of this.all()) if (this.#isStale(session)) this.end(session);
  }

  /** Ends the session that was idle longest when there are too many. */
  #makeRoom(userName: string): void {
    this.#endStale();
    const own = this.all().filter((session) => session.userName === userName);
    const isFull = this.#byToken.size >= sessionsMax;
    if (!isFull && own.length < sessionsOfUserMax) return;
    // A user cannot push out the sessions of others.
    const idle = own.filter((session) => session.calls === 0);
    const [longest] = idle.sort((a, b) => a.lastActive - b.lastActive);
    if (!longest) throw fault("InvalidLogin", `${sessionsMax} sessions are in use`);
    this.end(longest);
  }
}

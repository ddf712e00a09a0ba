import { refs } from "../inventory/refs.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { EventLog } from "./event-log.ts";

/** Failed logins that are told of in a minute: whoever guesses passwords must not push all else out of the log. */
const failuresMax = 10;
const failuresMs = 60_000;

/** What is told of a session. */
interface SessionFacts {
  key: string;
  userName: string;
  address: string;
  userAgent: string;
  locale: string;
  loginTime: string;
  callCount: number;
}

/** Posts the events of logging in and out. */
export class SessionEvents {
  readonly #events: EventLog;
  readonly #inventory: Inventory;
  #failures: number[] = [];

  constructor({ events, inventory }: { events: EventLog; inventory: Inventory }) {
    this.#events = events;
    this.#inventory = inventory;
  }

  login({ key, userName, address, userAgent, locale }: SessionFacts): void {
    const message = `User ${userName}@${address} logged in as ${userAgent}`;
    const fields = { ipAddress: address, userAgent, locale, sessionId: key };
    this.#post({ type: "UserLoginSessionEvent", message, userName, fields });
  }

  logout({ key, userName, address, userAgent, callCount, loginTime }: SessionFacts): void {
    const message = `User ${userName}@${address} logged out (${callCount} calls)`;
    const fields = { ipAddress: address, userAgent, callCount, sessionId: key, loginTime };
    this.#post({ type: "UserLogoutSessionEvent", message, userName, fields });
  }

  /** A login that failed; past the limit nothing is told. */
  failure({ userName, address }: { userName: string; address: string }): void {
    const now = Date.now();
    this.#failures = this.#failures.filter((at) => now - at < failuresMs);
    if (this.#failures.length >= failuresMax) return;
    this.#failures.push(now);
    const message = `Cannot login ${userName.slice(0, 128)}@${address}`;
    const fields = { ipAddress: address };
    this.#post({ type: "BadUsernameSessionEvent", message, fields });
  }

  /** A disk that is full must not keep people from logging in and making room. */
  #post(event: Parameters<EventLog["post"]>[0]): void {
    try {
      this.#events.post(event);
      this.#inventory.changed(refs.eventManager);
    } catch (error) {
      console.error(`an event of a session is not stored: ${String(error)}`);
    }
  }
}

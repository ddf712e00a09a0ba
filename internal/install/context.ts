import { VicError } from "../errors/errors.ts";
import type { Log } from "./log.ts";
import { connect, type Session, type Target } from "./target.ts";

/** What a verb gets from the program around it. */
export interface Context {
  log: Log;
  /** Aborted when the user interrupts, or time is up. */
  signal: AbortSignal;
  cwd: string;
  /** `vic-machine-linux`, for texts. */
  app: string;
  /** Asks a person without showing the answer; throws when there is none. */
  askPassword(question: string): Promise<string>;
  /** Writes to stdout as it is. */
  print(text: string): void;
}

/** Logs in, asking for the password when it was not given; logs out when `work` is done or fails. */
export async function withSession<T>(
  target: Target,
  context: Context,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const password =
    target.password ?? (await context.askPassword(`vSphere password for ${target.username}: `));
  context.log.debug(`Connecting to ${target.url.host} as ${target.username}`);
  const session = await connect({ ...target, password }, context.signal);
  context.log.debug(`Creating VMOMI session with thumbprint ${session.thumbprint}`);
  try {
    return await work(session);
  } finally {
    await session.client.close();
  }
}

/** Throws the reason of an aborted signal as a VicError. */
export function checkInterrupted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const reason: unknown = signal.reason;
  throw reason instanceof VicError
    ? reason
    : new VicError("cancelled", "interrupted", { cause: reason });
}

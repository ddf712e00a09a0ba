/** The part of a tether's life that is over before its VM is cloned, and what comes right after. */
import { VicError } from "../internal/errors/errors.ts";
import { keys } from "../internal/guest/config.ts";
import type { GuestInfo } from "../internal/guest/guestinfo.ts";
import { debug } from "./debug.ts";
import { freshenClone } from "./freshen.ts";

/**
 * Freezes the VM when it is a template that has no identity, after a rehearsal. Returns at once in any other VM, and in each
 * clone with its clock and random numbers its own. A template that cannot be frozen is as good as any other
 * VM that waits for an identity.
 */
export async function freezeTemplate(
  guestInfo: Pick<GuestInfo, "get" | "freeze">,
  rehearse: () => Promise<void>,
  freshen: (hostMs: number | undefined) => string = freshenClone,
): Promise<void> {
  const [template, config] = await Promise.all([
    guestInfo.get(keys.template),
    guestInfo.get(keys.config),
  ]);
  if (template !== "1" || config !== undefined) return;
  await rehearse();
  debug(0, "freezing this template");
  try {
    const hostMs = await guestInfo.freeze();
    const machineId = freshen(hostMs);
    debug(0, `cloned: machine id ${machineId}`);
  } catch (error) {
    debug(0, `not frozen: ${VicError.from(error).text}`);
  }
}

/** What tests do inside the appliance, over ssh: {@link Stand.enableSsh} comes first. */
import type { Service } from "../../guest/config.ts";
import type { Stand } from "./stand.ts";

/** Words that find a service's process, and no other, for pgrep and pkill. */
export const servicePattern = (service: Service | "init"): string =>
  `^/usr/sbin/vic-appliance ${service}( |$)`;

/** Kills a service with SIGKILL; rejects when it does not run. */
export async function killService(stand: Stand, service: Service): Promise<void> {
  await stand.ssh(`pkill -KILL -f '${servicePattern(service)}'`);
}

/** Resets every control channel at its next byte, on both ends, and lets none through for some seconds. */
export async function cutControl(stand: Stand, port: number, seconds: number): Promise<void> {
  const reset = "reject with tcp reset";
  const rules = `table inet cut {
  chain in { type filter hook input priority -10; tcp dport ${port} ${reset}; }
  chain out { type filter hook output priority -10; tcp sport ${port} ${reset}; }
}`;
  await stand.ssh(`nft '${rules}' && sleep ${seconds}; nft delete table inet cut`);
}

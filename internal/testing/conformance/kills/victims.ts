/** What is killed, and how. */
import { controlPort } from "../../../guest/paths.ts";
import type { Random } from "../durability/random.ts";
import { cutControl, killService } from "../../stand/appliance.ts";
import type { Stand } from "../../stand/stand.ts";

const cutSecondsMax = 4;

/** By name. Each resolves when it has happened; what it led to may take longer. */
export const victims = {
  docker: (stand: Stand) => killService(stand, "docker"),
  "port layer": (stand: Stand) => killService(stand, "port-layer"),
  "control channels": (stand: Stand, random: Random) =>
    cutControl(stand, controlPort, random.below(cutSecondsMax)),
  "vic-host": async (stand: Stand) => {
    await stand.stopHost("SIGKILL");
    await stand.startHost();
  },
};

/** Name of one of them. */
export type Victim = keyof typeof victims;

/** All of them, in a random order. */
export function shuffled(random: Random): Victim[] {
  const left = Object.keys(victims) as Victim[];
  return left.slice().map(() => left.splice(random.below(left.length), 1)[0]!);
}

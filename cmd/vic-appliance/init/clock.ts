/** The appliance's clock: events and logs are asked for by times of other machines. */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { GuestInfo } from "../../../internal/guest/guestinfo.ts";
import { setClock } from "./kernel.ts";

/** Seconds since the epoch, whole ones only. */
const rtcPath = "/sys/class/rtc/rtc0/since_epoch";
const lookMs = 5;
const tickMs = 1_100;

/**
 * Sets the clock by the virtual machine's real time clock at the moment that it ticks: the kernel has read it at some moment
 * of a second, and is wrong by half of one. Resolves with the seconds that the clock was wrong by (how far it was set ahead);
 * undefined where there is no such clock.
 */
export async function setClockAtTick(
  read = () => Number(readFileSync(rtcPath, "utf8")),
  set = setClock,
): Promise<number | undefined> {
  try {
    const first = read();
    const deadline = performance.now() + tickMs;
    for (let now = first; performance.now() < deadline; now = read()) {
      if (now !== first) {
        const error = now - Date.now() / 1000;
        set(now);
        return error;
      }
      await pause(lookMs);
    }
  } catch {
    // There is none, or it cannot be read.
  }
  return undefined;
}

/** Sets it by the host's, or where that is not told by the VM's own. Resolves with how far, as {@link setClockAtTick}. */
export async function setClockByHost(
  info: Pick<GuestInfo, "time">,
  set = setClock,
): Promise<number | undefined> {
  const time = await info.time();
  if (time === undefined) return setClockAtTick();
  const error = (time - Date.now()) / 1000;
  set(time / 1000);
  return error;
}

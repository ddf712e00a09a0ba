/** The whole life of a container VM, from its first process to its power-off. Whatever happens, it ends in a power-off. */
import { VicError } from "../internal/errors/errors.ts";
import { openGuestInfo, type GuestInfo, type PowerRequest } from "../internal/guest/guestinfo.ts";
import { keys } from "../internal/guest/config.ts";
import { versionString } from "../internal/version/version.ts";
import { failedState } from "./container.ts";
import { debug, setDebugLevel } from "./debug.ts";
import { hasEarlierBoot } from "./earlier-boot.ts";
import { becomeContainer, freshen, freshenClock } from "./freshen.ts";
import { waitForIdentity } from "./identity.ts";
import { LifeCycle } from "./life-cycle.ts";
import { Outside } from "./outside.ts";
import { rehearse } from "./rehearsal.ts";
import { prepareRuntime } from "./runtime.ts";
import { freezeTemplate } from "./template.ts";
import { formatTime, nowNs, powerOff, sync } from "./sys/libc.ts";
import { Reaper } from "./sys/reaper.ts";
import { spawn } from "./sys/spawn.ts";

const reportMs = 2_000;

/** Does not return. */
export async function boot(): Promise<never> {
  let request: PowerRequest = "shutdown";
  const end = (): never => {
    sync();
    powerOff(request === "reboot" ? "reboot" : "off");
    return process.exit(1);
  };
  const crash = (error: unknown): void => {
    debug(0, `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    end();
  };
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  try {
    debug(0, versionString);
    const reaper = new Reaper();
    const guestInfo = await openGuestInfo(async (argv, onText) => {
      const stdout = onText === "stdout" ? "pipe" : "ignore";
      const { code, output } = await spawn(argv, ["ignore", stdout, "ignore"]).finished;
      return { code, text: output };
    });
    let lifeCycle: LifeCycle | undefined;
    guestInfo.onPower((wanted) => {
      request = wanted;
      if (lifeCycle === undefined) end();
      else void lifeCycle.stop(wanted);
    });
    prepareRuntime();
    await freezeTemplate(guestInfo, () => rehearse(reaper));
    debug(0, "waiting for an identity");
    lifeCycle = await begin(guestInfo, reaper);
    await lifeCycle?.run();
  } catch (error) {
    crash(error);
  }
  return end();
}

/** Undefined when the VM was given something that is no identity; that is reported. */
async function begin(guestInfo: GuestInfo, reaper: Reaper): Promise<LifeCycle | undefined> {
  try {
    const outside = new Outside();
    let isFresh = false;
    const identity = await waitForIdentity(guestInfo, 0, ({ config, secret }) => {
      setDebugLevel(config.debug);
      debug(0, `spare VM ${config.control.name}`);
      freshen(secret);
      isFresh = true;
      outside.prepare(config, secret);
    });
    setDebugLevel(identity.config.debug);
    if (await hasEarlierBoot(guestInfo, identity.config.run)) {
      debug(0, `run ${identity.config.run} had an earlier boot`);
      return undefined;
    }
    if (!isFresh) freshen(identity.secret);
    await freshenClock(guestInfo);
    becomeContainer(identity.config);
    debug(2, "entropy, clock and names set");
    const lifeCycle = new LifeCycle(identity, guestInfo, reaper, outside);
    if (identity.config.run === 0) {
      debug(0, `container ${identity.config.id} is prepared`);
      lifeCycle.prepare();
      lifeCycle.begin(await waitForIdentity(guestInfo, 1));
    }
    debug(0, `container ${identity.config.id}, run ${lifeCycle.config.run}`);
    return lifeCycle;
  } catch (error) {
    const failure = VicError.from(error);
    debug(0, failure.text);
    const state = JSON.stringify(failedState(0, formatTime(nowNs()), failure));
    await Promise.race([guestInfo.set(keys.state, state), Bun.sleep(reportMs)]);
    return undefined;
  }
}

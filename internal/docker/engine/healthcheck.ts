/** Health checks: the user's over the image's, as dockerd merges them, and what the tether is told of them. */
import { VicError } from "../../errors/errors.ts";
import type { CreateContainer } from "../../portlayer/api/types.ts";
import type { ImageDefaults } from "../../image/config.ts";
import { Fields } from "../wire/decode.ts";

const nsPerMs = 1e6;
const defaults = { intervalMs: 30_000, timeoutMs: 30_000, startIntervalMs: 5_000, retries: 3 };
const shellDefault = ["/bin/sh", "-c"];
const times = ["Interval", "Timeout", "StartPeriod", "StartInterval"] as const;

/** A health check as Config shows it; times in nanoseconds. */
export interface DockerHealthcheck {
  Test: string[];
  Interval?: number;
  Timeout?: number;
  StartPeriod?: number;
  StartInterval?: number;
  Retries?: number;
}

/** What the container's Config shows; undefined when neither user nor image say anything. */
export function mergeHealthcheck(
  config: Fields,
  image: ImageDefaults,
): DockerHealthcheck | undefined {
  const given = config.object("Healthcheck");
  const inherited = Fields.of(image.healthcheck, "Healthcheck of the image");
  if (!config.has("Healthcheck") && image.healthcheck === undefined) return undefined;
  checkTimes(given);
  const own = given.strings("Test");
  const merged: DockerHealthcheck = { Test: own.length > 0 ? own : inherited.strings("Test") };
  for (const name of [...times, "Retries"] as const) {
    const value = given.int(name) || inherited.int(name);
    if (value !== 0) merged[name] = value;
  }
  return merged;
}

/** What is run in the VM; undefined when there is nothing to run. */
export function healthcheckConfig(
  merged: DockerHealthcheck | undefined,
  shell: string[],
): CreateContainer["healthcheck"] {
  const args = probeArgs(merged?.Test ?? [], shell);
  if (merged === undefined || args === undefined) return undefined;
  const ms = (ns: number | undefined, fallback: number) =>
    ns === undefined ? fallback : Math.ceil(ns / nsPerMs);
  return {
    args,
    intervalMs: ms(merged.Interval, defaults.intervalMs),
    timeoutMs: ms(merged.Timeout, defaults.timeoutMs),
    startPeriodMs: ms(merged.StartPeriod, 0),
    startIntervalMs: ms(merged.StartInterval, defaults.startIntervalMs),
    retries: merged.Retries ?? defaults.retries,
  };
}

function probeArgs([kind, ...args]: string[], shell: string[]): string[] | undefined {
  switch (kind) {
    case undefined:
    case "NONE":
      return undefined;
    case "CMD":
      if (args.length > 0) return args;
      break;
    case "CMD-SHELL":
      if (args.length > 0) return [...(shell.length > 0 ? shell : shellDefault), ...args];
      break;
    default:
      throw new VicError("invalid", `Unknown healthcheck type "${kind}" (expected 'CMD')`);
  }
  throw new VicError("invalid", `the healthcheck of type ${kind} names no command`);
}

function checkTimes(given: Fields): void {
  for (const name of times) {
    const ns = given.int(name);
    if (ns !== 0 && ns < nsPerMs)
      throw new VicError("invalid", `${name} in Healthcheck cannot be less than 1ms`);
  }
  if (given.int("Retries") < 0)
    throw new VicError("invalid", "Retries in Healthcheck cannot be negative");
}

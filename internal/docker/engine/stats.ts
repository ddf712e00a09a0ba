/** `docker stats`: the guest's counters in the shape of the Engine API's ContainerStatsResponse (cgroup v2). */
import { VicError } from "../../errors/errors.ts";
import type { Container, GuestStats } from "../../portlayer/api/types.ts";
import { never } from "../wire/time.ts";
import type { Engine } from "./engine.ts";
import { findContainer } from "./lookup.ts";

/** Between two samples of a stream, as in Docker. */
const intervalMs = 1_000;

/** How to answer. */
export interface StatsQuery {
  stream: boolean;
  /** With no stream: one sample, without one before it to compare with. */
  oneShot: boolean;
}

/** Lines of JSON, one a second; without a stream just one. Ends when the container is removed. */
export async function containerStats(
  engine: Engine,
  ref: string,
  query: StatsQuery,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const container = await findContainer(engine, ref);
  const samples = query.stream
    ? follow(engine, container, signal)
    : single(engine, container, query.oneShot, signal);
  return lines(samples);
}

async function* follow(engine: Engine, container: Container, signal: AbortSignal) {
  let before: GuestStats | undefined;
  for (let next = Date.now(); !signal.aborted; next = Math.max(next + intervalMs, Date.now())) {
    await until(next, signal);
    try {
      const now = await sample(engine, container, signal);
      yield statsOf(container, now, before);
      before = now;
    } catch (error) {
      if (signal.aborted || VicError.from(error).code === "not-found") return;
      throw error;
    }
  }
}

async function* single(
  engine: Engine,
  container: Container,
  isOneShot: boolean,
  signal: AbortSignal,
) {
  let before: GuestStats | undefined;
  if (!isOneShot) {
    before = await sample(engine, container, signal);
    if (before !== undefined) await until(Date.now() + intervalMs, signal);
  }
  yield statsOf(container, await sample(engine, container, signal), before);
}

/** undefined while it does not run. */
async function sample(
  engine: Engine,
  { record }: Container,
  signal: AbortSignal,
): Promise<GuestStats | undefined> {
  try {
    return await engine.portLayer.stats(record.id, signal);
  } catch (error) {
    if (["conflict", "unavailable"].includes(VicError.from(error).code)) return undefined;
    throw error;
  }
}

function until(timeMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(timeMs - Date.now(), 0));
  const stop = () => reject(new VicError("cancelled", "the client has gone"));
  signal.addEventListener("abort", stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  });
}

function lines(samples: AsyncGenerator): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await samples.next();
        if (done === true) controller.close();
        else controller.enqueue(Buffer.from(`${JSON.stringify(value)}\n`));
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await samples.return(undefined);
    },
  });
}

/** One answer. Of a container that does not run only the names are known, and everything else is nought. */
export function statsOf(
  { record }: Container,
  now: GuestStats | undefined,
  before: GuestStats | undefined,
): Record<string, unknown> {
  return {
    name: `/${record.name}`,
    id: record.id,
    read: now?.readAt ?? never,
    preread: before?.readAt ?? never,
    pids_stats: now ? { current: now.pids.current, ...limitOf(now.pids.limit) } : {},
    blkio_stats: blockStats(now),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpuStats(now),
    precpu_stats: cpuStats(before),
    memory_stats: now
      ? { usage: now.memory.usageBytes, stats: now.memory.stat, limit: now.memory.limitBytes }
      : {},
    ...(now && Object.keys(now.networks).length > 0 ? { networks: networkStats(now) } : {}),
  };
}

function limitOf(limit: number): { limit?: number } {
  return limit === 0 ? {} : { limit };
}

function cpuStats(stats: GuestStats | undefined): Record<string, unknown> {
  const cpu = stats?.cpu;
  return {
    cpu_usage: {
      total_usage: cpu?.totalNs ?? 0,
      usage_in_kernelmode: cpu?.systemNs ?? 0,
      usage_in_usermode: cpu?.userNs ?? 0,
    },
    ...(cpu ? { system_cpu_usage: cpu.machineNs, online_cpus: cpu.online } : {}),
    throttling_data: {
      periods: cpu?.periods ?? 0,
      throttled_periods: cpu?.throttledPeriods ?? 0,
      throttled_time: cpu?.throttledNs ?? 0,
    },
  };
}

function blockStats(stats: GuestStats | undefined): Record<string, unknown> {
  const entries = (read: "readBytes" | "reads", write: "writtenBytes" | "writes") =>
    stats?.block.flatMap(({ major, minor, ...counters }) => [
      { major, minor, op: "read", value: counters[read] },
      { major, minor, op: "write", value: counters[write] },
    ]) ?? null;
  return {
    io_service_bytes_recursive: entries("readBytes", "writtenBytes"),
    io_serviced_recursive: entries("reads", "writes"),
    io_queue_recursive: null,
    io_service_time_recursive: null,
    io_wait_time_recursive: null,
    io_merged_recursive: null,
    io_time_recursive: null,
    sectors_recursive: null,
  };
}

function networkStats({ networks }: GuestStats): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(networks).map(([name, n]) => [
      name,
      {
        rx_bytes: n.receivedBytes,
        rx_packets: n.receivedPackets,
        rx_errors: n.receiveErrors,
        rx_dropped: n.receiveDropped,
        tx_bytes: n.sentBytes,
        tx_packets: n.sentPackets,
        tx_errors: n.sendErrors,
        tx_dropped: n.sendDropped,
      },
    ]),
  );
}

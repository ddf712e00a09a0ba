import type { MoRef } from "../../../vim25/types.ts";
import { counterIds, counters } from "../../inventory/perf-counters.ts";
import { sampleSeconds } from "../../inventory/sampler.ts";
import type { VirtualMachine } from "../../inventory/vm/virtual-machine.ts";
import { type Call, type Methods, param } from "../call.ts";

interface QuerySpec {
  entity: MoRef;
  maxSample?: number;
  startTime?: string;
  metricId?: { counterId: number; instance: string }[];
}

/** PerformanceManager: the last hour of each running VM, counted every 20 seconds. */
export const performanceManager: Methods = {
  QueryPerfProviderSummary: (call) => ({
    entity: param<MoRef>(call, "entity"),
    currentSupported: true,
    summarySupported: false,
    refreshRate: sampleSeconds,
  }),
  QueryAvailablePerfMetric: (call) =>
    param<MoRef>(call, "entity").type === "VirtualMachine"
      ? counters.map((c) => ({ counterId: c["key"], instance: "" }))
      : [],
  QueryPerfCounter: (call) => {
    const wanted = param<number[]>(call, "counterId");
    return counters.filter((c) => wanted.includes(c["key"] as number));
  },
  QueryPerf: (call) => param<QuerySpec[]>(call, "querySpec").map((spec) => query(call, spec)),
};

function query(call: Call, spec: QuerySpec): Record<string, unknown> {
  call.world.inventory.get(spec.entity);
  const isVm = spec.entity.type === "VirtualMachine";
  const vm: VirtualMachine | undefined = isVm ? call.world.vms.get(spec.entity) : undefined;
  const since = spec.startTime === undefined ? 0 : Date.parse(spec.startTime);
  const samples = (vm?.samples ?? [])
    .filter((s) => s.at >= since)
    .slice(-(spec.maxSample && spec.maxSample > 0 ? spec.maxSample : Number.MAX_SAFE_INTEGER));
  const wanted = spec.metricId?.map((m) => m.counterId) ?? Object.values(counterIds);
  const { cpuMhz } = call.world.hardware;
  const value = (id: number) =>
    samples.map((s) => {
      if (id === counterIds.cpuUsageMhz) return s.cpuMhz;
      if (id === counterIds.memoryConsumed) return s.memoryKiB;
      const whole = cpuMhz * (vm?.record.config.cpus ?? 1);
      return Math.round((s.cpuMhz / whole) * 10_000);
    });
  const known = wanted.filter((id) => counters.some((c) => c["key"] === id));
  return {
    _type: "PerfEntityMetric",
    entity: spec.entity,
    sampleInfo: samples.map((s) => ({
      timestamp: new Date(s.at).toISOString(),
      interval: sampleSeconds,
    })),
    value: known.map((counterId) => ({
      _type: "PerfMetricIntSeries",
      id: { counterId, instance: "" },
      value: value(counterId),
    })),
  };
}

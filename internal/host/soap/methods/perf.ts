import type { MoRef } from "../../../vim25/types.ts";
import { fault, invalidArgument } from "../../fault.ts";
import { isKind } from "../../inventory/inventory.ts";
import { counters, isCounter } from "../../perf/counters.ts";
import { answerQuery, availableMetrics, type QuerySpec } from "../../perf/query.ts";
import { sampleSeconds } from "../../perf/samples.ts";
import { type Call, type Methods, param } from "../call.ts";

/** Entities that figures are taken of. */
const providers = ["VirtualMachine", "HostSystem", "ComputeResource", "ResourcePool"];
const queriesMax = 256;
/** The highest level of statistics that there is. */
const levelMax = 4;

/** PerformanceManager: the last hour of the host, its pools and each running VM, counted every 20 seconds. */
export const performanceManager: Methods = {
  QueryPerfProviderSummary: (call) => ({
    entity: providerOf(call, param<MoRef>(call, "entity")),
    currentSupported: true,
    summarySupported: false,
    refreshRate: sampleSeconds,
  }),
  QueryAvailablePerfMetric: (call) => {
    const entity = providerOf(call, param<MoRef>(call, "entity"));
    const interval = param<number | undefined>(call, "intervalId");
    if (interval !== undefined && interval !== sampleSeconds) return [];
    return availableMetrics(call.world.samples.of(entity));
  },
  QueryPerfCounter: (call) => {
    const wanted = param<number[]>(call, "counterId");
    const unknown = wanted.find((id) => !isCounter(id));
    if (unknown !== undefined) throw invalidArgument("counterId", `there is no counter ${unknown}`);
    return wanted.map((id) => counters.find(({ key }) => key === id));
  },
  QueryPerfCounterByLevel: (call) => {
    const level = param<number>(call, "level");
    if (level < 1 || level > levelMax) {
      throw invalidArgument("level", `levels are 1 to ${levelMax}`);
    }
    return counters.filter((counter) => counter.level <= level);
  },
  QueryPerf: (call) => {
    const specs = param<QuerySpec[]>(call, "querySpec");
    if (specs.length > queriesMax) {
      throw invalidArgument("querySpec", `ask at most ${queriesMax} at once`);
    }
    return specs.map((spec) => query(call, spec));
  },
  QueryPerfComposite: (call) => {
    const spec = param<QuerySpec>(call, "querySpec");
    if (spec.entity.type !== "HostSystem") {
      throw fault("NotSupported", "only a host is told together with its virtual machines");
    }
    const running = call.world.vms.all().filter((vm) => call.world.samples.of(vm.ref).length > 0);
    return {
      entity: query(call, spec),
      childEntity: running.map((vm) => query(call, { ...spec, entity: vm.ref })),
    };
  },
};

const query = (call: Call, spec: QuerySpec): Record<string, unknown> =>
  answerQuery(spec, call.world.samples.of(providerOf(call, spec.entity)));

function providerOf(call: Call, entity: MoRef): MoRef {
  call.world.inventory.get(entity);
  if (providers.some((type) => isKind(entity.type, type))) return entity;
  throw invalidArgument("entity", `there are no figures of a ${entity.type}`);
}

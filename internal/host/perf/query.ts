import type { MoRef } from "../../vim25/types.ts";
import { invalidArgument } from "../fault.ts";
import { isCounter } from "./counters.ts";
import { figureKey } from "./figures.ts";
import { type Sample, sampleSeconds } from "./samples.ts";

/** Metrics of one query at most: each gives up to an hour of figures. */
const metricsMax = 1000;
/** What a series holds where there was no figure. */
const none = -1;

/** Decoded PerfQuerySpec. */
export interface QuerySpec {
  entity: MoRef;
  startTime?: string;
  endTime?: string;
  maxSample?: number;
  metricId?: { counterId: number; instance: string }[];
  intervalId?: number;
  format?: string;
}

interface MetricId {
  counterId: number;
  instance: string;
}

/** Metrics that the samples have figures of, by counter and instance. */
export function availableMetrics(samples: readonly Sample[]): MetricId[] {
  const keys = new Set(samples.flatMap(({ figures }) => [...figures.keys()]));
  return [...keys].map((key) => {
    const at = key.indexOf("|");
    return { counterId: Number(key.slice(0, at)), instance: key.slice(at + 1) };
  });
}

/** PerfEntityMetric or PerfEntityMetricCSV for a query. */
export function answerQuery(spec: QuerySpec, all: readonly Sample[]): Record<string, unknown> {
  checkSpec(spec);
  const samples = chosen(spec, all);
  const series = metricsOf(spec, availableMetrics(all)).map(({ counterId, instance }) => ({
    id: { counterId, instance },
    values: samples.map(({ figures }) => figures.get(figureKey(counterId, instance)) ?? none),
  }));
  const times = samples.map(({ at }) => new Date(at).toISOString());
  if (spec.format === "csv") {
    return {
      _type: "PerfEntityMetricCSV",
      entity: spec.entity,
      sampleInfoCSV: times.map((time) => `${sampleSeconds},${time}`).join(","),
      value: series.map(({ id, values }) => ({
        _type: "PerfMetricSeriesCSV",
        id,
        value: values.join(","),
      })),
    };
  }
  return {
    _type: "PerfEntityMetric",
    entity: spec.entity,
    sampleInfo: times.map((timestamp) => ({ timestamp, interval: sampleSeconds })),
    value: series.map(({ id, values }) => ({ _type: "PerfMetricIntSeries", id, value: values })),
  };
}

function checkSpec({ intervalId, format, maxSample, metricId }: QuerySpec): void {
  if (intervalId !== undefined && intervalId !== sampleSeconds) {
    const text = `figures are kept every ${sampleSeconds} s for an hour: ask for that interval`;
    throw invalidArgument("querySpec.interval", text);
  }
  if (format !== undefined && format !== "normal" && format !== "csv") {
    throw invalidArgument("querySpec.format", 'the format is "normal" or "csv"');
  }
  if (maxSample !== undefined && maxSample < 0) {
    throw invalidArgument("querySpec.maxSample", "that is no number of samples");
  }
  if ((metricId?.length ?? 0) > metricsMax) {
    throw invalidArgument("querySpec.metricId", `a query has at most ${metricsMax} metrics`);
  }
  const unknown = metricId?.find(({ counterId }) => !isCounter(counterId));
  if (unknown) {
    throw invalidArgument("querySpec.metricId", `there is no counter ${unknown.counterId}`);
  }
}

/** The newest samples within the times: after the start, and up to the end. */
function chosen({ startTime, endTime, maxSample }: QuerySpec, all: readonly Sample[]): Sample[] {
  const start = startTime === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startTime);
  const end = endTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(endTime);
  const found = all.filter(({ at }) => at > start && at <= end);
  return maxSample ? found.slice(-maxSample) : found;
}

/** What is asked for, of what there is. "*": every instance; no metrics at all: everything. */
function metricsOf({ metricId }: QuerySpec, available: MetricId[]): MetricId[] {
  if (!metricId?.length) return available;
  return available.filter((metric) =>
    metricId.some(
      ({ counterId, instance }) =>
        counterId === metric.counterId && (instance === "*" || instance === metric.instance),
    ),
  );
}

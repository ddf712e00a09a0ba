/** The catalogue of performance counters: only what is really measured. Ids as vSphere has them where it has. */

/** How a counter's figure comes about. */
type Rollup = "average" | "latest" | "summation";

const groups: Record<string, string> = {
  cpu: "CPU",
  disk: "Disk",
  mem: "Memory",
  net: "Network",
  sys: "System",
  virtualDisk: "Virtual disk",
};

const units: Record<string, string> = {
  kiloBytes: "KB",
  kiloBytesPerSecond: "KBps",
  megaHertz: "MHz",
  millisecond: "ms",
  number: "num",
  percent: "%",
  second: "s",
};

/** A row of the catalogue. */
interface Row {
  id: number;
  rollup: Rollup;
  unit: string;
  kind: "absolute" | "delta" | "rate";
  level: number;
  label: string;
}

const row = (
  id: number,
  rollup: Rollup,
  unit: string,
  kind: Row["kind"],
  level: number,
  label: string,
): Row => ({ id, rollup, unit, kind, level, label });

const table = {
  "cpu.usage": row(2, "average", "percent", "rate", 1, "Usage"),
  "cpu.usagemhz": row(6, "average", "megaHertz", "rate", 1, "Usage in MHz"),
  "cpu.used": row(13, "summation", "millisecond", "delta", 3, "Used"),
  "mem.usage": row(24, "average", "percent", "absolute", 1, "Host consumed, or active of a VM"),
  "mem.granted": row(29, "average", "kiloBytes", "absolute", 2, "Granted"),
  "mem.active": row(33, "average", "kiloBytes", "absolute", 2, "Active"),
  "mem.shared": row(37, "average", "kiloBytes", "absolute", 2, "Shared"),
  "mem.overhead": row(41, "average", "kiloBytes", "absolute", 1, "Overhead consumed"),
  "mem.consumed": row(98, "average", "kiloBytes", "absolute", 1, "Consumed"),
  "disk.usage": row(125, "average", "kiloBytesPerSecond", "rate", 1, "Usage"),
  "disk.numberRead": row(128, "summation", "number", "delta", 3, "Read requests"),
  "disk.numberWrite": row(129, "summation", "number", "delta", 3, "Write requests"),
  "disk.read": row(130, "average", "kiloBytesPerSecond", "rate", 2, "Read rate"),
  "disk.write": row(131, "average", "kiloBytesPerSecond", "rate", 2, "Write rate"),
  "net.usage": row(143, "average", "kiloBytesPerSecond", "rate", 1, "Usage"),
  "net.packetsRx": row(146, "summation", "number", "delta", 3, "Packets received"),
  "net.packetsTx": row(147, "summation", "number", "delta", 3, "Packets transmitted"),
  "net.received": row(148, "average", "kiloBytesPerSecond", "rate", 2, "Data receive rate"),
  "net.transmitted": row(149, "average", "kiloBytesPerSecond", "rate", 2, "Data transmit rate"),
  "sys.uptime": row(155, "latest", "second", "absolute", 1, "Uptime"),
  "virtualDisk.numberReadAveraged": row(173, "average", "number", "rate", 1, "Reads a second"),
  "virtualDisk.numberWriteAveraged": row(174, "average", "number", "rate", 1, "Writes a second"),
  "virtualDisk.totalReadLatency": row(175, "average", "millisecond", "absolute", 1, "Read latency"),
  "virtualDisk.totalWriteLatency": row(
    176,
    "average",
    "millisecond",
    "absolute",
    1,
    "Write latency",
  ),
  "virtualDisk.read": row(180, "average", "kiloBytesPerSecond", "rate", 2, "Read rate"),
  "virtualDisk.write": row(181, "average", "kiloBytesPerSecond", "rate", 2, "Write rate"),
  "net.droppedRx": row(401, "summation", "number", "delta", 2, "Received packets dropped"),
  "net.bytesRx": row(462, "average", "kiloBytesPerSecond", "rate", 2, "Data receive rate"),
  "net.bytesTx": row(463, "average", "kiloBytesPerSecond", "rate", 2, "Data transmit rate"),
} satisfies Record<string, Row>;

/** Name of a counter, as group and name. */
export type CounterName = keyof typeof table;

/** PerfCounterInfo. */
export interface CounterInfo {
  key: number;
  level: number;
  [field: string]: unknown;
}

const element = (key: string, label: string) => ({ key, label, summary: label });

/** The catalogue as PerfCounterInfo. */
export const counters: readonly CounterInfo[] = Object.entries(table).map(
  ([name, { id, rollup, unit, kind, level, label }]) => {
    const [group = "", counter = ""] = name.split(".");
    return {
      key: id,
      nameInfo: element(counter, label),
      groupInfo: element(group, groups[group] ?? group),
      unitInfo: element(unit, units[unit] ?? unit),
      rollupType: rollup,
      statsType: kind,
      level,
      perDeviceLevel: Math.min(4, level + 2),
    };
  },
);

/** Id of a counter. */
export const counterId = (name: CounterName): number => table[name].id;

const ids = new Set(counters.map(({ key }) => key));

/** Whether there is a counter with this id. */
export const isCounter = (id: number): boolean => ids.has(id);

/** PerformanceDescription. */
export const performanceDescription = {
  counterType: ["average", "latest", "summation"].map((key) => ({
    _type: "ElementDescription",
    ...element(key, key),
  })),
  statsType: ["absolute", "delta", "rate"].map((key) => ({
    _type: "ElementDescription",
    ...element(key, key),
  })),
};

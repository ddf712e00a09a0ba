const element = (key: string, label: string) => ({ key, label, summary: label });

function counter(
  key: number,
  group: string,
  name: string,
  unit: string,
  label: string,
): Record<string, unknown> {
  return {
    key,
    nameInfo: element(name, label),
    groupInfo: element(group, group === "cpu" ? "CPU" : "Memory"),
    unitInfo: element(unit, unit),
    rollupType: "average",
    statsType: unit === "megaHertz" ? "rate" : "absolute",
    level: 1,
    perDeviceLevel: 3,
  };
}

/** Ids of the counters. */
export const counterIds = { cpuUsage: 2, cpuUsageMhz: 6, memoryConsumed: 98 } as const;

/** The counters that are really counted, with the ids that ESXi gives them. */
export const counters = [
  counter(counterIds.cpuUsage, "cpu", "usage", "percent", "Usage"),
  counter(counterIds.cpuUsageMhz, "cpu", "usagemhz", "megaHertz", "Usage in MHz"),
  counter(counterIds.memoryConsumed, "mem", "consumed", "kiloBytes", "Consumed"),
];

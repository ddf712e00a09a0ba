import type { GovcGroup } from "./case.ts";

/** Resource pools and vApps. */
export const poolGroups: GovcGroup[] = [
  {
    name: "resource pools",
    cases: [
      {
        run: "pool.create -cpu.reservation 100 -mem.reservation 256 -mem.limit 1024 */Resources/outer",
      },
      { run: "pool.create */Resources/outer", code: 1, err: /there already/ },
      { run: "pool.create -mem.reservation 200 -mem.expandable=false */Resources/outer/inner" },
      {
        run: "pool.create -mem.reservation 60 -mem.expandable=false */Resources/outer/third",
        note: "more than the parent reserves, from what is above it",
      },
      {
        run: "pool.create -mem.reservation 1024 */Resources/outer/fourth",
        code: 1,
        err: /1073741824 bytes of memory are to be reserved.*outer has \d+ unreserved/,
      },
      {
        run: "pool.create -cpu.reservation 9000000 */Resources/outer/fifth",
        code: 1,
        err: /MHz of CPU/,
      },
      {
        run: "pool.create -mem.reservation 9 -mem.limit 8 */Resources/bad",
        code: 1,
        err: /limit|below/,
      },
      {
        run: "pool.info outer",
        json: {
          "resourcePools.0.name": "outer",
          "resourcePools.0.config.memoryAllocation.reservation": 256,
          "resourcePools.0.config.memoryAllocation.limit": 1024,
          "resourcePools.0.config.cpuAllocation.reservation": 100,
          "resourcePools.0.runtime.memory.reservationUsed": 260 * 1024 * 1024,
        },
      },
      { run: "pool.change -mem.limit 300 -mem.shares high outer" },
      { run: "pool.info outer", out: [/Mem Limit: +300MB/, /Mem Shares: +high/] },
      { run: "pool.change -mem.limit 200 -mem.reservation 200 outer", code: 1, err: /unreserved/ },
      { run: "pool.change -name renamed outer" },
      {
        run: "find / -type p",
        out: [/Resources\/renamed\/inner\n/, /Resources\/renamed\/third\n/],
      },
      {
        run: "vm.create -m 64 -c 1 -on=false -pool */Resources/renamed/inner pooled",
        note: "a VM in a pool",
      },
      { run: "pool.destroy renamed" },
      { run: "find / -type p", out: [/Resources\/inner\n/], not: /renamed/ },
      {
        run: "vm.info -r pooled",
        json: {
          "virtualMachines.0.name": "pooled",
          "virtualMachines.0.resourcePool.type": "ResourcePool",
        },
      },
      { run: "pool.destroy -children inner" },
      { run: "pool.destroy inner third" },
      { run: "object.collect -s vm/pooled resourcePool", out: [/^ResourcePool:ha-root-pool/] },
      { run: "vm.destroy pooled" },
    ],
  },
];

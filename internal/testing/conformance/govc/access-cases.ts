import type { GovcGroup } from "./case.ts";

/** Roles, permissions, sessions, options, licences and what is written down: events, tasks, logs, metrics. */
export const accessGroups: GovcGroup[] = [
  {
    name: "roles and permissions",
    cases: [
      { run: "role.ls", out: [/Admin +Full access|Admin +Administrator/, /ReadOnly/, /NoAccess/] },
      { run: "role.ls Admin", out: ["VirtualMachine.Interact.PowerOn", "Datastore.Browse"] },
      { run: "role.create browse Datastore.Browse" },
      {
        run: "role.create browse Datastore.Browse",
        code: 1,
        err: /already/,
      },
      { run: "role.create bad No.Such.Privilege", code: 1, err: /./ },
      { run: "role.ls browse", out: ["Datastore.Browse"] },
      { run: "role.update -a browse Datastore.Config" },
      { run: "role.ls browse", out: ["Datastore.Browse", "Datastore.Config"] },
      { run: "role.update -name look browse" },
      { run: "permissions.ls", out: [/Admin +\/ +root/] },
      { run: "host.account.create -id looker -password Looks-Only-7" },
      {
        run: "permissions.set -principal looker -role look /ha-datacenter/vm",
        note: "on a folder",
      },
      { run: "permissions.ls /ha-datacenter/vm", out: [/look +\/ha-datacenter\/vm +looker/] },
      { run: "role.usage look", out: [/look/, /looker/] },
      { run: "role.remove look", code: 1, err: /use|assigned/i },
      { run: "permissions.remove -principal looker /ha-datacenter/vm" },
      { run: "permissions.ls /ha-datacenter/vm", not: /look/ },
      { run: "host.account.remove -id looker" },
      { run: "permissions.set -principal root -role NoSuchRole", code: 1, err: /not found/ },
      { run: "permissions.set -principal nobody-is-this -role ReadOnly", code: 1, err: /./ },
      { run: "role.remove look" },
      { run: "role.ls", not: /^look/m },
      { run: "role.remove Admin", code: 1, err: /./ },
    ],
  },
  {
    name: "events and tasks",
    cases: [
      { run: "vm.create -m 64 -c 1 -on=false told" },
      { run: "events -n 100", out: [/told/] },
      { run: "events -n 100 -type VmCreatedEvent vm/told", out: [/told/] },
      { run: "events -n 100 -type VmPoweredOffEvent vm/told", not: /told/ },
      { run: "tasks", out: [/CreateVM/, /success/] },
      { run: "tasks vm/told", not: /error/ },
      { run: "metric.ls $HOST", out: [/cpu\.usage\.average/] },
      {
        run: "metric.sample -n 1 $HOST cpu.usage.average",
        out: [/cpu\.usage\.average +[\d.,]+ +(%|percent)/],
        within: 60,
      },
      { run: "metric.info $HOST cpu.usage.average", out: [/Name: +cpu\.usage\.average/] },
      { run: "metric.interval.info", code: 0 },
      { run: "vm.destroy told" },
      { run: "events -n 100 -type VmRemovedEvent", out: [/told/] },
      { run: "logs.ls", out: [/hostd|vic-host/] },
      { run: "logs -n 5", out: [/./] },
    ],
  },
  {
    name: "options and licences",
    cases: [
      { run: "option.ls", out: [/\S+: +\S+/] },
      { run: "option.set no.such.option x", code: 1, err: /./ },
      { run: "option.set config.vpxd.SerialPort.PersistNetworkBacking true" },
      { run: "option.ls config.vpxd.SerialPort.PersistNetworkBacking", out: [/true/] },
      { run: "license.ls", out: [/vic-host|[0-9A-Z]{5}-/] },
      { run: "license.ls", json: { "0.licenseKey": /^[0-9A-Z-]+$/ } },
    ],
  },
];

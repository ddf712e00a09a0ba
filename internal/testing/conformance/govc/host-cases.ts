import type { GovcGroup } from "./case.ts";

/** Networks and the firewall of the host. */
export const hostGroups: GovcGroup[] = [
  {
    name: "host networks",
    cases: [
      { run: "host.vswitch.add vs1" },
      { run: "host.vswitch.add vs1", code: 1, err: /exists|there already/ },
      { run: "host.vswitch.info", out: [/Name: +vSwitch0/, /Name: +vs1/] },
      { run: "host.portgroup.add -vswitch vs1 -vlan 7 segment" },
      { run: "host.portgroup.add -vswitch none other", code: 1, err: /none|not found|not there/ },
      {
        run: "host.portgroup.info",
        out: [/Name: +segment\n +Virtual switch: +vs1\n|Name: +segment/, /VLAN ID: +7/],
      },
      { run: "ls network", out: ["/ha-datacenter/network/segment\n"] },
      { run: "vm.create -m 64 -c 1 -on=false -net segment wired" },
      { run: "host.portgroup.remove segment", note: "a VM is on it", code: 1, err: /use/i },
      { run: "vm.destroy wired" },
      { run: "host.portgroup.remove segment" },
      { run: "host.portgroup.remove segment", code: 1, err: /not found|not there|no port group/i },
      { run: "ls network", not: /segment/ },
      { run: "host.vswitch.remove vs1" },
      { run: "host.vswitch.info", not: /vs1/ },
      { run: "host.vnic.info", out: [/./] },
      { run: "host.service.ls", out: [/Key +Policy/] },
      { run: "host.date.info", out: [/Current date and time: +\S/] },
    ],
  },
  {
    name: "the firewall",
    cases: [
      { run: "firewall.ruleset.find -direction inbound -port 443", out: [/vSphereClient/] },
      {
        run: "firewall.ruleset.find -direction outbound -port 22",
        code: 1,
        err: /disabled rulesets match: .*sshClient/,
      },
      { run: "host.esxcli network firewall get", out: [/Default Action|DefaultAction/, /Enabled/] },
      { run: "host.esxcli network firewall ruleset list", out: [/ssh/i] },
      { run: "host.esxcli no such command", code: 1, err: /./ },
    ],
  },
];

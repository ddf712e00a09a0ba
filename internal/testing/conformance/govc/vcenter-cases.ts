import type { GovcGroup } from "./case.ts";

/** What is different when vic-host is a vCenter with a cluster of one host. */
export const vcenterGroups: GovcGroup[] = [
  {
    name: "a vCenter",
    cases: [
      { run: "about", json: { "about.apiType": "VirtualCenter" } },
      { run: "find / -type c", out: [/\/host\/\S+\n/] },
      { run: "find / -type g", out: [/\/network\/.+\n/] },
      { run: "tree /", out: ["DC0_C0", "datastore1"] },
      { run: "datacenter.info", out: [/Hosts: +1/, /Clusters: +1/] },
      { run: "host.info", out: [/Manufacturer: +VIC Engine/] },
      { run: "pool.create -mem.reservation 64 */Resources/p" },
      {
        run: "vm.create -m 64 -c 1 -on=false -disk 8MB -disk.controller pvscsi -pool p -net DC0_DVPG0 web",
      },
      { run: "vm.info -r web", out: [/Path: +\/\S+\/vm\/web/, /Network: +\S/] },
      { run: "folder.create vm/apps" },
      { run: "object.mv vm/web vm/apps" },
      { run: "vm.power -on web" },
      { run: "vm.power -off web" },
      { run: "option.set config.vpxd.SerialPort.PersistNetworkBacking true" },
      { run: "option.ls config.vpxd.SerialPort.PersistNetworkBacking", out: [/true/] },
      { run: "vm.destroy web" },
      { run: "pool.destroy p" },
      { run: "object.destroy vm/apps" },
    ],
  },
];

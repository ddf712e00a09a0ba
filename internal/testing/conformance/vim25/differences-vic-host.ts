import type { Difference } from "./differences.ts";

/** What vic-host does otherwise than vSphere, and why that is so; long because each is told. */
export const vicHostDifferences: Difference[] = [
  {
    reason: "vic-host tells whole properties also where it might tell a part",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /Received: false/,
    of: ["updates: partial updates name the element that changed"],
  },
  {
    reason: "vic-host tells of the end of a change of power only",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /toContain/,
    of: ["events: the beginning of a change of power is an event too"],
  },
  {
    reason: "vic-host puts a VM without a place on its first datastore",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /no fault, but/,
    of: ["vm: without a place for its files is refused"],
  },
  {
    reason: "vic-host has no list of guest systems: it keeps and shows any",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /no fault, but/,
    of: ["reconfigure: a guest that does not exist is refused"],
  },
  {
    reason: "machines of vic-host have no display",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /toHaveLength/,
    of: ["devices: a new VM has a video card"],
  },
  {
    reason: "a VM of vic-host has one SCSI controller",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /InvalidDeviceSpec/,
    of: ["devices: a second controller of a bus number of its own"],
  },
  {
    reason: "serial ports of vic-host write to files only",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /InvalidDeviceBacking/,
    of: ["devices: a serial port on the network"],
  },
  {
    reason: "vic-host clones in ESXi mode too",
    on: ["vic-host esx"],
    shows: /no fault, but/,
    of: ["clone and relocate: a host does not clone"],
  },
  {
    reason: "vic-host has VM folders in ESXi mode too",
    on: ["vic-host esx"],
    shows: /no fault, but/,
    of: ["folders: a host makes none"],
  },
  {
    reason: "vic-host tells the figures that it has measured: a VM that has just started has none",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /Received: \[\]/,
    of: ["performance: the metrics of a running VM are told"],
  },
  {
    reason: "vic-host keeps an hour of figures 20 s apart, and no history",
    on: ["vic-host esx", "vic-host vcenter"],
    shows: /Received: \[\]/,
    of: ["performance: the intervals of history are told"],
  },
  {
    reason: "vic-host is one machine: it has one data center and one cluster",
    on: ["vic-host vcenter"],
    shows: /NotSupported/,
    of: [
      "inventory: a data center is made and destroyed",
      "cluster: a cluster is made in the host folder and destroyed",
    ],
  },
  {
    reason: "vic-host refuses to destroy a folder that is not empty",
    on: ["vic-host vcenter"],
    shows: /ResourceInUse/,
    of: ["folders: is destroyed with its VMs"],
  },
  {
    reason: "vic-host makes VM folders only",
    on: ["vic-host vcenter"],
    shows: /NotSupported/,
    of: ["folders: a folder of data centers takes data centers only"],
  },
];

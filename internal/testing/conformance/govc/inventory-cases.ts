import { expect } from "bun:test";
import { run } from "../../stand/stand.ts";
import type { GovcGroup } from "./case.ts";

/** What there is before anything is made, and what clients see of it. */
export const inventoryGroups: GovcGroup[] = [
  {
    name: "the service",
    cases: [
      { run: "about", out: [/API type: +HostAgent/, /API version: +6\.7/, "vic-host"] },
      { run: "about", json: { "about.apiType": "HostAgent", "about.productLineId": /./ } },
      { run: "about.cert -show", out: ["BEGIN CERTIFICATE"] },
      {
        run: "about.cert",
        check: (govc, { stdout }) => expect(stdout).toContain(govc.host.info.thumbprint),
      },
      { run: "session.ls", out: [/root/, /govc/] },
      { run: "session.rm there-is-none", code: 1, err: /no such session|NotFound|not found/ },
    ],
  },
  {
    name: "the inventory",
    cases: [
      {
        run: "ls",
        out: ["/ha-datacenter/vm\n", "/ha-datacenter/host\n", "/ha-datacenter/datastore\n"],
      },
      { run: "ls -l /", out: ["/ha-datacenter (Datacenter)"] },
      { run: "ls -i -t Datastore datastore", out: [/^Datastore:datastore/] },
      { run: "ls nothing/*", not: /./ },
      { run: "find / -type s", out: ["/ha-datacenter/datastore/datastore1\n"] },
      { run: "find / -type p", out: [/\/Resources\n/] },
      { run: "find / -type n", out: ["/ha-datacenter/network/VM Network"] },
      {
        run: "find / -type h -runtime.connectionState connected",
        out: [/\/ha-datacenter\/host\//],
      },
      { run: "tree /", out: ["└── ha-datacenter", "datastore1", "VM Network", "Resources"] },
      {
        run: "datacenter.info",
        out: [/Name: +ha-datacenter/, /Hosts: +1/, /Datastores: +1/, /Networks: +1/],
      },
      { run: "host.info", out: [/Manufacturer: +VIC Engine/, /Logical CPUs: +\d+ CPUs @ \d+MHz/] },
      { run: "object.collect -s $HOST runtime.connectionState", out: [/^connected\n$/] },
      { run: "object.collect $HOST summary.hardware.numCpuThreads", out: [/int\d+ +[1-9]/] },
      { run: "object.collect -s -type d / name", out: [/ha-datacenter/] },
      {
        run: "object.collect -s $HOST no.such.property",
        code: 1,
        err: /no\.such\.property/,
      },
      { run: "folder.create vm/kept", out: [] },
      { run: "folder.create vm/kept", code: 1, err: /is taken|exists|DuplicateName/ },
      { run: "folder.info vm/kept", out: [/Name: +kept/, /Path: +\/ha-datacenter\/vm\/kept/] },
      { run: "object.rename vm/kept renamed" },
      { run: "ls vm", out: ["/ha-datacenter/vm/renamed\n"], not: /kept/ },
      { run: "folder.create vm/renamed/inside" },
      {
        run: "object.collect -n 1 vm/renamed childEntity",
        note: "folders that are made while it waits",
        during: (govc, times) => govc.ok(`folder.create vm/renamed/more${times}`),
        out: [/childEntity .*\n(.*\n)*childEntity .*Folder/],
      },
      { run: "object.destroy vm/renamed/more*" },
      { run: "object.destroy vm/renamed", code: 1, err: /children|ResourceInUse|InvalidState/ },
      { run: "object.destroy vm/renamed/inside" },
      { run: "object.destroy vm/renamed" },
      { run: "find vm -name renamed", not: /./ },
      {
        run: "session.ls",
        note: "over a connection with another certificate than the one that is pinned",
        check: async (govc) => {
          const { url } = govc.host.info;
          const env = {
            GOVC_URL: url,
            GOVC_USERNAME: "root",
            GOVC_PASSWORD: "x",
            GOVC_INSECURE: "0",
          };
          const home = {
            GOVMOMI_HOME: `${govc.dir}/none`,
            GOVC_TLS_KNOWN_HOSTS: `${govc.dir}/none`,
          };
          const done = await run([govc.binary, "about"], { env: { ...env, ...home } });
          expect(done.code).toBe(1);
          expect(done.stderr).toMatch(/certificate/);
        },
      },
    ],
  },
];

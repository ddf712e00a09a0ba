import type { GovcCase, GovcGroup } from "./case.ts";

/** The fault that says that something is not there, in the words of vic-host or of govc. */
const refusal = /not supported|has no |NotSupported|no such|there is no|can be made|need|is nil/i;
const refused = (run: string, err = refusal): GovcCase => ({ run, code: 1, err });

/** What a host does not have: each answers with a fault that says so, never with something a client cannot read. */
export const missingGroups: GovcGroup[] = [
  {
    name: "what vic-host does not have",
    cases: [
      { run: "vm.create -m 64 -c 1 -on=false plain" },
      refused("vm.upgrade -vm plain"),
      refused("vm.keystrokes -vm plain -s a"),
      refused("host.shutdown -f $HOST"),
      refused("host.maintenance.enter $HOST"),
      refused("host.reconnect $HOST"),
      refused("dvs.create switch"),
      refused("cluster.create cluster"),
      refused("datacenter.create other"),
      refused("host.add -hostname a -username b -password c -thumbprint d"),
      refused("datastore.create -type nfs -name a -remote-host b -remote-path c $HOST"),
      refused("extension.info"),
      refused("fields.ls"),
      refused("alarm.info"),
      refused("host.cert.info"),
      { run: "vm.destroy plain" },
    ],
  },
];

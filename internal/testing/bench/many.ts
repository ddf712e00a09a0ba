/** `docker ps` of many containers, with the port layer and the Docker API on this machine instead of in an emulated VM. */
import { TestHost } from "../../host/testing/fakes.ts";
import { serveDocker } from "../../docker/serve.ts";
import { createRequest } from "../../portlayer/testing/stand.ts";
import { prepareStore, Stand } from "../fixtures/engine-stand.ts";
import { run } from "../stand/stand.ts";
import { ok, type Row } from "./docker.ts";
import { medianMs } from "./median.ts";

const count = 500;
const noTls = { port: 0, tls: "none", serverCertPem: "", clientCaPem: "" } as const;

/** Adds the row; `rounds` runs, median. */
export async function manyRow(row: Row, rounds: number): Promise<void> {
  await using host = await TestHost.start();
  await prepareStore(host);
  await using stand = await Stand.start(host);
  for (let i = 0; i < count; i++) await stand.client.createContainer(createRequest(`c${i}`));
  await using server = await serveDocker({
    config: {
      docker: noTls,
      registries: { insecure: [], allowed: [], caPem: [] },
      proxies: { http: "", https: "", no: "" },
      debug: 0,
    },
    serverKeyPem: "",
    portLayer: stand.client,
    hostname: "127.0.0.1",
    spoolDirectory: `${host.dir}/spool`,
  });
  const ps = () => run(["docker", "--host", `tcp://127.0.0.1:${server.port}`, "ps", "-aq"]);
  const shown = (await ok(ps())).trim().split("\n").length;
  if (shown !== count) throw new Error(`docker ps shows ${shown} of ${count} containers`);
  const ms = await medianMs(rounds, () => ok(ps()));
  row(`docker ps -a, ${count} containers, not emulated`, `${ms.toFixed(0)} ms`);
}

if (import.meta.main) {
  await manyRow((what, ours) => console.log(`${what}: ${ours}`), 5);
  process.exit(0);
}

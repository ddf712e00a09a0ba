/**
 * A vic-host process with machines that do not run: everything else is real. Prints where it is as one line of JSON
 * and serves until its stdin ends.
 */
import { TestHost } from "../../host/testing/fakes.ts";

await using host = await TestHost.start();
const { url, sha256 } = host.running;
console.log(JSON.stringify({ url, thumbprint: sha256, password: host.password, dir: host.dir }));
for await (const _ of process.stdin) {
  // Nothing is said: its end is what counts.
}

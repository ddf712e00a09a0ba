/** The guest agent: PID 1 of every container VM. `tether version` prints its version. */
import { versionString } from "../internal/version/version.ts";

const pid1 = 1;

async function main(): Promise<void> {
  if (process.argv[2] === "version") {
    console.log(versionString);
    return;
  }
  if (process.argv[2] !== undefined || process.pid !== pid1) {
    console.error(
      "usage: tether version\nWithout an argument it is the first process of a container VM.",
    );
    process.exitCode = 2;
    return;
  }
  const { boot } = await import("./boot.ts");
  await boot();
}

await main();

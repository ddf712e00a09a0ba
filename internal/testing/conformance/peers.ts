/** `make conformance` builds the peers that are Go programs here, once; without Go it says what is left out. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../stand/stand.ts";

/** Program -> Go package. Later versions of the module ship without these commands. */
const version = "v0.46.0";
const packages = {
  vcsim: `github.com/vmware/govmomi/vcsim@${version}`,
  govc: `github.com/vmware/govmomi/govc@${version}`,
};

const dir = join(root, "build/peers");
mkdirSync(dir, { recursive: true });
for (const [name, source] of Object.entries(packages)) {
  if (existsSync(join(dir, name))) continue;
  if (Bun.which("go") === null) {
    console.log(`${name} is not built: Go is not on this machine, its cases are skipped`);
    continue;
  }
  const done = await run(["go", "install", source], { env: { GOBIN: dir } });
  if (done.code !== 0) {
    console.error(`go install ${source} failed:\n${done.stderr}`);
    process.exit(1);
  }
}

/**
 * `make conformance` gets its peers here, once: Go programs, and for the suite in the argument what only that one needs:
 * `docker` Debian's dockerd, `sdk` the Docker SDK for Python. It says what is left out.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../stand/stand.ts";
import { makePython } from "./sdk/python-peer.ts";

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

// RUNLEVEL=1: the package must not start a daemon of its own.
const packagesOfDocker = ["docker.io", "iptables"];
if (process.argv[2] === "docker" && !existsSync("/usr/sbin/dockerd")) {
  if (process.getuid?.() === 0 && Bun.which("apt-get") !== null) {
    const install = ["apt-get", "install", "-y", "--no-install-recommends", ...packagesOfDocker];
    const env = { RUNLEVEL: "1", DEBIAN_FRONTEND: "noninteractive" };
    const done = await run(install, { env });
    if (done.code !== 0) console.log(`dockerd is not here, its cases are skipped:\n${done.stderr}`);
  } else console.log("dockerd is not here and only root could install it: its cases are skipped");
}

if (process.argv[2] === "sdk") await makePython();

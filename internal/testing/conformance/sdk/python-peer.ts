/** The Docker SDK for Python and its own tests, in a virtual environment below `build/peers`. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../../stand/stand.ts";

/** The last release whose source archive has the tests; what is tested is the SDK of requirements.txt. */
const testsVersion = "7.0.0";

const dir = join(root, "build/peers/python");
/** The interpreter that has the SDK. */
export const python = join(dir, "bin/python");
/** Folder with `tests` and pytest's configuration. */
export const testsDir = join(dir, `docker-${testsVersion}`);

/** Makes both where they are missing; says so where that cannot be done. */
export async function makePython(): Promise<void> {
  if (existsSync(testsDir)) return;
  if (Bun.which("python3") === null || (await run(["python3", "-c", "import ensurepip"])).code) {
    console.log("Python 3 with venv is not here: the Python SDK's tests are skipped");
    return;
  }
  const making = `${dir}.making`;
  rmSync(making, { recursive: true, force: true });
  const pip = [join(making, "bin/python"), "-m", "pip", "--quiet", "--disable-pip-version-check"];
  const requirements = join(import.meta.dir, "requirements.txt");
  const source = ["--no-deps", "--no-binary", ":all:", `docker==${testsVersion}`];
  await must(["python3", "-m", "venv", making]);
  await must([...pip, "install", "--requirement", requirements]);
  await must([...pip, "download", "--dest", making, ...source]);
  const archive = join(making, `docker-${testsVersion}.tar.gz`);
  await must(["tar", "xzf", archive, "-C", making]);
  // Beside the tests, the old SDK would be imported instead of the installed one.
  rmSync(join(making, `docker-${testsVersion}`, "docker"), { recursive: true });
  rmSync(dir, { recursive: true, force: true });
  renameSync(making, dir);
}

async function must(command: string[]): Promise<void> {
  const done = await run(command);
  if (done.code !== 0) throw new Error(`${command.join(" ")} failed:\n${done.stderr}`);
}

/** mount(8) and umount(8). */
import { VicError } from "../../errors/errors.ts";

/** Mounts a file system. Rejects `internal` with what mount said. */
export async function mount(
  source: string,
  folder: string,
  type: string,
  options: string,
): Promise<void> {
  await run(["mount", "-t", type, "-o", options, source, folder]);
}

/** The inverse of {@link mount}. */
export async function unmount(folder: string): Promise<void> {
  await run(["umount", folder]);
}

async function run(command: string[]): Promise<void> {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  const [code, said] = await Promise.all([child.exited, child.stderr.text()]);
  if (code !== 0)
    throw new VicError(
      "internal",
      `${command[0]} ended with ${code}: ${said.trim().slice(0, 500)}`,
    );
}

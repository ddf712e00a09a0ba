/** Network interfaces through iproute2. */
import { readdir, readFile } from "node:fs/promises";
import { VicError } from "../errors/errors.ts";

/** An interface of this machine. */
export interface Interface {
  name: string;
  index: number;
  /** Lower case, colon separated. */
  mac: string;
}

/** Every interface but loopback. */
export async function interfaces(sysfs = "/sys/class/net"): Promise<Interface[]> {
  const found: Interface[] = [];
  for (const name of await readdir(sysfs)) {
    const read = async (file: string): Promise<string> =>
      (await readFile(`${sysfs}/${name}/${file}`, "latin1")).trim();
    // One that goes away meanwhile is not there.
    const [index, mac] = await Promise.all([read("ifindex"), read("address")]).catch(() => []);
    if (index === undefined || mac === undefined || name === "lo") continue;
    found.push({ name, index: Number(index), mac: mac.toLowerCase() });
  }
  return found;
}

/**
 * Runs `ip` commands in one process, in order, stopping at the first that fails. Words are separated by
 * spaces, so none may hold one.
 *
 * @example await ip(["link set eth0 up", "addr replace 10.0.0.2/24 dev eth0"])
 */
export async function ip(commands: string[]): Promise<void> {
  if (commands.length === 0) return;
  if (commands.some((command) => command.includes("\n")))
    throw new VicError("invalid", "an ip command holds a newline");
  await pipe(["ip", "-batch", "-"], `${commands.join("\n")}\n`);
}

/** Applies an nftables script as one transaction. */
export async function nft(script: string): Promise<void> {
  await pipe(["nft", "-f", "-"], script);
}

async function pipe(argv: string[], input: string): Promise<void> {
  const child = Bun.spawn(argv, { stdin: Buffer.from(input), stdout: "ignore", stderr: "pipe" });
  const [code, said] = await Promise.all([child.exited, child.stderr.text()]);
  if (code !== 0)
    throw new VicError("internal", `${argv[0]} ended with ${code}: ${said.trim().slice(0, 1000)}`);
}

/** How a booted VM becomes a container: its configuration appears, before or after the boot. */
import { VicError } from "../internal/errors/errors.ts";
import {
  keys,
  type ContainerConfig,
  type ContainerSecret,
  type SpareConfig,
} from "../internal/guest/config.ts";
import type { GuestInfo } from "../internal/guest/guestinfo.ts";

/** Who this VM is. */
export interface Identity {
  config: ContainerConfig;
  secret: ContainerSecret;
}

/** What a VM knows that is ready for a container which is still to come. */
export interface SpareIdentity {
  config: SpareConfig;
  secret: ContainerSecret;
}

/**
 * Waits for as long as it takes. A configuration of run 0 is that of a container nobody has started yet: it is taken only
 * when `runMin` is 0. `onSpare` is called once, when the VM is told to get ready for a container that does not exist yet.
 * Rejects `damaged` when what appears makes no sense.
 */
export async function waitForIdentity(
  guestInfo: Pick<GuestInfo, "get" | "changes">,
  runMin: 0 | 1,
  onSpare?: (spare: SpareIdentity) => void,
): Promise<Identity> {
  let isSpare = onSpare === undefined;
  // Subscribed before the first look, or a change in between would be missed.
  const changes = guestInfo.changes()[Symbol.asyncIterator]();
  try {
    for (;;) {
      const [config, secret] = await Promise.all([
        guestInfo.get(keys.config),
        guestInfo.get(keys.secret),
      ]);
      if (config !== undefined && secret !== undefined) {
        const identity = { config: parseConfig(config), secret: parseSecret(secret) };
        if (identity.config.run >= runMin) return identity;
      } else if (secret !== undefined && !isSpare) {
        const spare = await guestInfo.get(keys.spare);
        if (spare !== undefined) {
          isSpare = true;
          onSpare?.({ config: parseSpare(spare), secret: parseSecret(secret) });
        }
      }
      if ((await changes.next()).done === true)
        throw new VicError("cancelled", "guestinfo was closed");
    }
  } finally {
    await changes.return?.();
  }
}

function parseConfig(text: string): ContainerConfig {
  const config = parseJson(text, "configuration") as Partial<ContainerConfig>;
  const isOne =
    config.version === 1 &&
    typeof config.id === "string" &&
    Number.isSafeInteger(config.run) &&
    isList(config.process?.args) &&
    isList(config.process?.env) &&
    isList(config.rootfs?.partitions) &&
    isList(config.mounts) &&
    isList(config.networks) &&
    isList(config.sandbox?.ulimits) &&
    typeof config.control?.mac === "string";
  if (!isOne) throw new VicError("damaged", "the configuration is not one this tether understands");
  return config as ContainerConfig;
}

function parseSpare(text: string): SpareConfig {
  const config = parseJson(text, "configuration of a spare VM") as Partial<SpareConfig>;
  if (config.version === 1 && isList(config.macs) && typeof config.control?.mac === "string")
    return config as SpareConfig;
  throw new VicError("damaged", "the spare VM's configuration is not one this tether understands");
}

function parseSecret(text: string): ContainerSecret {
  const { caPem, certPem, keyPem } = parseJson(text, "secret") as Partial<ContainerSecret>;
  if (typeof caPem !== "string" || typeof certPem !== "string" || typeof keyPem !== "string")
    throw new VicError("damaged", "the secret is not one this tether understands");
  return { caPem, certPem, keyPem };
}

/** The text of a parser's error could hold parts of a secret. */
function parseJson(text: string, what: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
  } catch {
    // Reported below.
  }
  throw new VicError("damaged", `the ${what} is not JSON`);
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

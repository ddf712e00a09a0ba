import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { VicError } from "../errors/errors.ts";
import { keys, type ApplianceDebug } from "../guest/config.ts";
import { VirtualMachine } from "../vsphere/vm.ts";
import { withSession, type Context } from "./context.ts";
import { isOn, text, type RawOptions } from "./options.ts";
import { addressesOf } from "./ready.ts";
import { readConfig } from "./record.ts";
import { poolScope } from "./scope.ts";
import { parseCommon } from "./settings.ts";
import { findVch } from "./vms.ts";

const keyCharsMax = 16_384;
const passwordMinChars = 8;
const passwordMaxChars = 256;

/** The public key of --authorized-key; "" without that flag. */
export function readPublicKey(path: string | undefined, cwd: string): string {
  if (!path) return "";
  let key;
  try {
    key = readFileSync(resolve(cwd, path), "utf8").trim();
  } catch (cause) {
    throw new VicError("invalid", `--authorized-key: ${(cause as Error).message}`, { cause });
  }
  if (key.includes("PRIVATE KEY")) {
    throw new VicError("invalid", `--authorized-key: ${path} is a private key`, {
      hint: "name the public one, which ends in .pub",
    });
  }
  const line = /^(ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/=]+( [^\n]*)?$/;
  if (key.length > keyCharsMax || !line.test(key)) {
    throw new VicError("invalid", `--authorized-key: ${path} is not an OpenSSH public key`);
  }
  return key;
}

/** Hash of the password in the file of --rootpw-file; undefined without that flag. */
export async function readRootPassword(
  path: string | undefined,
  cwd: string,
): Promise<string | undefined> {
  if (!path) return undefined;
  let password;
  try {
    password = readFileSync(resolve(cwd, path), "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new VicError("invalid", `--rootpw-file: ${(cause as Error).message}`, { cause });
  }
  if (password.length < passwordMinChars || password.length > passwordMaxChars) {
    throw new VicError(
      "invalid",
      `--rootpw-file: a password has ${passwordMinChars} to ${passwordMaxChars} characters`,
    );
  }
  return Bun.password.hash(password, "argon2id");
}

/** `vic-machine debug` */
export async function debugVch(raw: RawOptions, context: Context): Promise<void> {
  const settings = parseCommon(raw);
  const { log, signal, cwd } = context;
  const authorizedKey = readPublicKey(text(raw, "authorized-key"), cwd);
  const rootPasswordHash = await readRootPassword(text(raw, "rootpw-file"), cwd);
  const wantsSsh = isOn(raw, "enable-ssh") || authorizedKey !== "";
  if (!wantsSsh && rootPasswordHash === undefined) {
    throw new VicError("invalid", "there is nothing to do", {
      hint: "--enable-ssh --authorized-key FILE opens ssh into the VCH's VM",
    });
  }
  await withSession(settings.target, context, async ({ client }) => {
    const pools = await poolScope(client, settings, signal);
    const vch = await findVch(client, settings, pools, signal);
    if (vch.powerState !== "poweredOn") {
      throw new VicError("conflict", `VCH is not powered on, state ${vch.powerState}`);
    }
    const value: ApplianceDebug = {
      ssh: { enabled: wantsSsh, authorizedKey },
      ...(rootPasswordHash === undefined ? {} : { rootPasswordHash }),
    };
    const vm = new VirtualMachine(client, vch.vm);
    await vm.setExtraConfig([[keys.applianceDebug, JSON.stringify(value)]], undefined, signal);
    if (!wantsSsh) return log.info("Guest operations: user root, with the password of the file");
    const { "guest.net": net } = await vm.properties(["guest.net"], signal);
    const { client: address } = addressesOf(readConfig(vch.extra).nics, net);
    log.info("SSH to appliance:");
    log.info(`ssh root@${address ?? "(it has no address yet)"}`);
  });
}

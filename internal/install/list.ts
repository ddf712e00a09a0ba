import { VicError } from "../errors/errors.ts";
import { upgradeStatus } from "./build.ts";
import { withSession, type Context } from "./context.ts";
import type { RawOptions } from "./options.ts";
import { parentPath, poolScope } from "./scope.ts";
import { parseCommon } from "./settings.ts";
import { formatTable } from "./table.ts";
import { listAll } from "./vms.ts";

const header = ["ID", "PATH", "NAME", "VERSION", "UPGRADE STATUS"];

/** `vic-machine ls` */
export async function listVchs(raw: RawOptions, context: Context): Promise<void> {
  const settings = parseCommon(raw);
  const { log, signal } = context;
  await withSession(settings.target, context, async ({ client }) => {
    log.info("Validating target");
    const pools = await poolScope(client, settings, signal);
    const vchs = await listAll(client, pools, signal);
    const rows: string[][] = [];
    for (const { vm, name, record } of vchs) {
      const path = await parentPath(client, record.pool, signal).catch((error: unknown) => {
        if (VicError.from(error).code === "not-found") return "?"; // the pool went away meanwhile
        throw error;
      });
      rows.push([vm.value, path, name, record.build, upgradeStatus(record.build)]);
    }
    rows.sort((a, b) => a.slice(1, 3).join("/").localeCompare(b.slice(1, 3).join("/")));
    context.print(`\n${formatTable([header, ...rows])}`);
  });
}

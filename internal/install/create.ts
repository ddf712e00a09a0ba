/** `vic-machine create` */
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import { prepareCertificates } from "./certificates.ts";
import { checkInterrupted, withSession, type Context } from "./context.ts";
import { readTail } from "./datastore-file.ts";
import { deploy, type Deployed, type Deployment } from "./deploy.ts";
import { checkIsoVersion, findIso, readIso, type Iso } from "./iso.ts";
import type { RawOptions } from "./options.ts";
import { waitForDocker, waitForServices } from "./ready.ts";
import {
  dockerEnv,
  findCertDir,
  findCertifiedHost,
  reportLines,
  reportWarnings,
  type Reachable,
} from "./report.ts";
import { parseCreate, type CreateSettings } from "./settings.ts";
import { validate } from "./site.ts";
import { Undo } from "./undo.ts";
import { formatDuration } from "./values.ts";
import { consoleFile } from "./vm-spec.ts";
import { writeCertificates, writeUndoable } from "./write-files.ts";

const logLines = 20;

/** Makes a VCH; what was made is undone when that fails. */
export async function create(raw: RawOptions, context: Context): Promise<void> {
  const { log, cwd } = context;
  const settings = parseCreate(raw, cwd);
  const isos = {
    appliance: loadIso("appliance-iso", settings.applianceIso, settings, context),
    bootstrap: loadIso("bootstrap-iso", settings.bootstrapIso, settings, context),
  };
  const certificates = await prepareCertificates(settings.tls, settings.force, log);
  await withSession(settings.target, context, async (session) => {
    const site = await validate(session, settings, Object.values(isos), context);
    const undo = new Undo();
    try {
      await writeCertificates(certificates, undo, log);
      await make({ session, settings, site, certificates, isos, context, undo });
      undo.dismiss();
    } catch (error) {
      if (undo.size > 0) log.warn("Removing what was made");
      const left = await undo.run(log);
      if (left.length === 0) throw error;
      const failure = VicError.from(error);
      throw new VicError(failure.code, `${failure.text}; left behind: ${left.join(", ")}`, {
        hint: `${context.app} delete --name ${settings.name} --force removes it`,
        cause: error,
      });
    }
  });
}

function loadIso(
  flag: string,
  given: string | undefined,
  { force }: CreateSettings,
  { cwd, log }: Context,
): Iso {
  const iso = readIso(findIso(flag, given, cwd));
  checkIsoVersion(iso, force, (line) => log.warn(line));
  return iso;
}

async function make(deployment: Deployment): Promise<void> {
  const { settings, context, certificates, undo } = deployment;
  const { log } = context;
  const deployed = await deploy(deployment);
  log.info("Powering on the VCH VM");
  await deployed.vm.powerOn();
  checkInterrupted(context.signal);
  const addresses = await waitUntilReady(deployment, deployed).catch(async (error: unknown) => {
    if (!context.signal.aborted) await showConsole(deployment, deployed);
    throw error;
  });
  const vch: Reachable = {
    vmId: deployed.vm.ref.value,
    config: deployed.config,
    addresses,
    certifiedHost: await findCertifiedHost(deployed.config, addresses.client),
    certDir: findCertDir([certificates.dir]),
  };
  log.info("Initialization of appliance successful");
  const path = join(certificates.dir, `${settings.name}.env`);
  writeUndoable({ path, content: `${dockerEnv(vch).join("\n")}\n`, mode: 0o644 }, undo);
  for (const line of reportWarnings(vch)) log.warn(line);
  for (const line of reportLines(vch, path)) log.info(line);
}

async function waitUntilReady(
  { session, settings, context, certificates }: Deployment,
  { vm, config }: Deployed,
): Promise<Reachable["addresses"]> {
  const { log } = context;
  let stuck = "";
  const onStuck = (why: string) => {
    if (why !== stuck && why !== "") log.debug(why);
    stuck = why;
  };
  const limit = AbortSignal.timeout(settings.timeoutMs);
  const signal = AbortSignal.any([context.signal, limit]);
  try {
    const found = await waitForServices(session.client, vm.ref, config, log, signal, onStuck);
    const address = found.client!;
    if (config.docker.tls === "verify" && !certificates.client) {
      log.warn("The Docker API is not tried: there is no client certificate for it here");
    } else {
      log.info("Waiting for the Docker API");
      const serverCertPem = certificates.server?.certPem;
      const { client } = certificates;
      await waitForDocker(
        { address, port: config.docker.port, serverCertPem, client },
        signal,
        onStuck,
      );
    }
    return {
      client: address,
      public: found.public ?? address,
      management: found.management ?? address,
    };
  } catch (error) {
    if (!limit.aborted || context.signal.aborted) throw error;
    const time = formatDuration(settings.timeoutMs);
    throw new VicError(
      "unavailable",
      `Creating VCH exceeded time limit of ${time}${stuck && `: ${stuck}`}`,
      {
        hint: "Please increase the timeout using --timeout to accommodate for a busy vSphere target",
        cause: error,
      },
    );
  }
}

/** The end of the appliance's console, to see why it did not come up. */
async function showConsole(
  { site, context: { log } }: Deployment,
  { folder }: Deployed,
): Promise<void> {
  const path = `${folder}/${consoleFile}`;
  try {
    const lines = await readTail(site.datastore, path, logLines);
    const head = "The appliance did not come up";
    log.error(lines.length > 0 ? `${head}. Last lines of ${path}:` : `${head}; ${path} is empty`);
    for (const line of lines) log.error(`  ${line}`);
  } catch (error) {
    log.warn(`The console of the appliance cannot be read: ${VicError.from(error).message}`);
  }
}

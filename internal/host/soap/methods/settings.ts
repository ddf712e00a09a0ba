import { fault, invalidArgument } from "../../fault.ts";
import type { Label } from "../../settings/licenses.ts";
import { type Call, type Methods, param } from "../call.ts";

const of = ({ object, world }: Call) =>
  object.ref.value === world.refs.setting.value ? "service" : "host";

/** OptionManager. */
export const optionManager: Methods = {
  QueryOptions: (call) =>
    call.world.options.query(of(call), param<string | undefined>(call, "name") ?? ""),
  UpdateOptions: (call) =>
    call.world.options.update(
      of(call),
      param<{ key: string; value?: unknown }[]>(call, "changedValue"),
      call.object.ref,
    ),
};

const keyOf = (call: Call) => param<string>(call, "licenseKey");
const labelsOf = (call: Call) => param<Label[] | undefined>(call, "labels") ?? [];

/** LicenseManager. */
export const licenseManager: Methods = {
  AddLicense: (call) => call.world.licenses.add(keyOf(call), labelsOf(call)),
  UpdateLicense: (call) => call.world.licenses.update(keyOf(call), labelsOf(call)),
  UpdateLicenseLabel: (call) => {
    const label = {
      key: param<string>(call, "labelKey"),
      value: param<string>(call, "labelValue"),
    };
    call.world.licenses.label(keyOf(call), [label]);
  },
  RemoveLicenseLabel: (call) =>
    call.world.licenses.removeLabel(keyOf(call), param<string>(call, "labelKey")),
  RemoveLicense: (call) => call.world.licenses.remove(keyOf(call)),
  DecodeLicense: (call) => call.world.licenses.decode(keyOf(call)),
  QueryLicenseUsage: () => ({ source: {}, sourceAvailable: true }),
};

/** What a licence can be assigned to, by the id that is asked for. */
function licensed(call: Call): { id: string; name: string }[] {
  const { refs, hardware } = call.world;
  return [
    { id: refs.host.value, name: hardware.hostName },
    { id: hardware.uuid, name: "vic-host" },
  ];
}

function licensedEntity(call: Call, id: string): void {
  if (licensed(call).some((entity) => entity.id === id)) return;
  throw fault("LicenseEntityNotFound", `nothing called "${id}" is licensed`, { entityId: id });
}

/** ExtensionManager: there is none. */
export const extensionManager: Methods = { FindExtension: () => undefined };

/** ScheduledTaskManager: nothing is scheduled. */
export const scheduledTaskManager: Methods = { RetrieveEntityScheduledTask: () => [] };

/** LicenseAssignmentManager. */
export const licenseAssignmentManager: Methods = {
  QueryAssignedLicenses: (call) => {
    const id = param<string | undefined>(call, "entityId") || undefined;
    if (id !== undefined) licensedEntity(call, id);
    const entities = licensed(call).filter((entity) => id === undefined || entity.id === id);
    return call.world.licenses.assignments(entities);
  },
  UpdateAssignedLicense: (call) => {
    licensedEntity(call, param<string>(call, "entity"));
    return call.world.licenses.assign(keyOf(call));
  },
  RemoveAssignedLicense: (call) => {
    licensedEntity(call, param<string>(call, "entityId"));
    call.world.licenses.unassign();
  },
};

/** The one log there is; the second name is the one that clients of ESXi ask for. */
const logKeys = ["hostd", "vpxd:vpxd.log", "vic-host"];
/** Lines that are sent at once, and unless the client says how many. */
const linesMax = 5000;
const linesDefault = 1000;

/** DiagnosticManager: the log of vic-host itself. */
export const diagnosticManager: Methods = {
  QueryDescriptions: () => [
    {
      key: "hostd",
      fileName: "vic-host.log",
      creator: "hostd",
      format: "plain",
      mimeType: "text/plain",
      info: { label: "vic-host", summary: "Log of vic-host" },
    },
  ],
  BrowseDiagnosticLog: (call) => {
    const key = param<string>(call, "key");
    if (!logKeys.includes(key)) {
      throw invalidArgument("key", `there is no log "${key}": QueryDescriptions lists them`);
    }
    const { log } = call.world;
    const count = param<number | undefined>(call, "lines") ?? linesDefault;
    const start = param<number | undefined>(call, "start") ?? 1;
    if (!(count >= 0)) throw invalidArgument("lines", "say how many lines to read");
    const found = log.read(Math.max(1, start), Math.min(count, linesMax));
    // A start beyond the end asks where the end is.
    if (found.lines.length === 0) return { lineStart: log.last, lineEnd: log.last };
    // Clients ask for the last 100 lines of 60 with a start of -40, and go on from there by what they got: lines are
    // counted from where they asked, or they would get some twice.
    const first = start < 1 ? start : found.start;
    const lineEnd = first + found.lines.length - 1;
    return { lineStart: first, lineEnd, lineText: found.lines };
  },
  GenerateLogBundles_Task: () => {
    throw fault("NotSupported", "vic-host makes no bundles: read its log with BrowseDiagnosticLog");
  },
};

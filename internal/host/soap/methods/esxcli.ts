import { escapeXml } from "../../../vim25/xml.ts";
import { fault } from "../../fault.ts";
import { aboutInfo } from "../../inventory/about.ts";
import { type Call, type Methods, param } from "../call.ts";

/** What one esxcli command answers: the type of its objects, and their fields. */
interface Rows {
  /** Behind the name of the command. */
  type: string;
  rows: Record<string, string | string[]>[];
}

interface Command {
  help: string;
  /** Names of the fields to show in a table, in order; undefined: one field a line. */
  table?: string;
  run: (call: Call) => Rows;
}

const firewallGet: Command = {
  help: "Get the firewall status.",
  // Nothing is filtered, so it is not enabled and lets everything pass.
  run: () => ({
    type: "Firewall",
    rows: [{ DefaultAction: "PASS", Enabled: "false", Loaded: "true" }],
  }),
};

const rulesetList: Command = {
  help: "List the rulesets in firewall.",
  table: "Name,Enabled",
  run: ({ world }) => {
    const { ruleset } = world.firewall.info() as { ruleset: { key: string; enabled: boolean }[] };
    const rows = ruleset.map((r) => ({ Enabled: String(r.enabled), Name: r.key }));
    return { type: "FirewallRuleset", rows };
  },
};

const versionGet: Command = {
  help: "Display the product name, version and build information.",
  run: ({ world }) => {
    const about = aboutInfo(world.hardware, world.mode);
    const text = (field: string) => String(about[field]);
    const row = { Build: text("build"), Product: text("name"), Version: text("version") };
    return { type: "SystemVersion", rows: [row] };
  },
};

const hostnameGet: Command = {
  help: "Get the host, domain or fully qualified name of the host.",
  run: ({ world }) => {
    const name = world.hardware.hostName;
    const [host = name, ...domain] = name.split(".");
    const row = { DomainName: domain.join("."), FullyQualifiedDomainName: name, HostName: host };
    return { type: "FullyQualifiedHostName", rows: [row] };
  },
};

const processList: Command = {
  help: "List the virtual machines on this system that run.",
  table: "DisplayName,WorldID,UUID,ConfigFile",
  run: ({ world }) => {
    const running = world.vms.all().filter((vm) => vm.machine !== undefined);
    const rows = running.map(({ record }) => ({
      ConfigFile: record.config.vmPathName,
      DisplayName: record.name,
      ProcessID: "0",
      UUID: record.config.uuid,
      VMXCartelID: "0",
      WorldID: record.id.replace(/\D/g, ""),
    }));
    return { type: "VirtualMachine", rows };
  },
};

/** The commands there are, by name space and method. */
const commands: Record<string, Record<string, Command>> = {
  "network.firewall": { get: firewallGet },
  "network.firewall.ruleset": { list: rulesetList },
  "system.hostname": { get: hostnameGet },
  "system.version": { get: versionGet },
  "vm.process": { list: processList },
};

const prefix = "vim.EsxCLI.";
const infoMethod = "vim.CLIInfo.FetchCLIInfo";

/** HostSystem's way to esxcli. */
export const esxcliEntry: Methods = {
  RetrieveDynamicTypeManager: ({ world }) => world.refs.dynamicTypeManager,
  RetrieveManagedMethodExecuter: ({ world }) => world.refs.methodExecuter,
};

/** ManagedMethodExecuter. */
export const managedMethodExecuter: Methods = {
  ExecuteSoap: (call) => {
    const method = param<string>(call, "method");
    if (method === infoMethod) return describe(argument(call, "typeName"));
    const { name, command } = find(method);
    if (!name || !command) return unknown(`there is no command ${method}`);
    const type = method.slice(prefix.length).split(".").map(capital).join("");
    return { response: encode(`VimEsxCLI${type}`, command.run(call)) };
  },
};

/** DynamicTypeManager: the name spaces of esxcli as managed types and objects. */
export const dynamicTypeManager: Methods = {
  DynamicTypeMgrQueryTypeInfo: (call) => {
    const wanted = filterOf(call).typeSubstr ?? "";
    const spaces = Object.keys(commands).filter((space) => `${prefix}${space}`.includes(wanted));
    return {
      managedTypeInfo: spaces.map((space) => ({
        name: `${prefix}${space}`,
        wsdlName: `VimEsxCLI${space.split(".").map(capital).join("")}`,
        version: "vim.version.version5",
        base: ["vmodl.ManagedObject"],
        method: Object.keys(commands[space] ?? {}).map((name) => ({
          name,
          wsdlName: `VimEsxCLI${[...space.split("."), name].map(capital).join("")}`,
          version: "vim.version.version5",
        })),
      })),
    };
  },
  DynamicTypeMgrQueryMoInstances: (call) => {
    const { id, typeSubstr = "" } = filterOf(call);
    return Object.keys(commands)
      .map((space) => ({
        id: `ha-cli-handler-${space.replaceAll(".", "-")}`,
        moType: `${prefix}${space}`,
      }))
      .filter((o) => (id === undefined || o.id === id) && o.moType.includes(typeSubstr));
  },
};

function filterOf(call: Call): { id?: string; typeSubstr?: string } {
  return param<{ id?: string; typeSubstr?: string } | undefined>(call, "filterSpec") ?? {};
}

function find(method: string): { name?: string; command?: Command } {
  const path = method.startsWith(prefix) ? method.slice(prefix.length) : "";
  const at = path.lastIndexOf(".");
  const space = path.slice(0, Math.max(at, 0));
  const name = path.slice(at + 1);
  const table = Object.hasOwn(commands, space) ? commands[space] : undefined;
  return table && Object.hasOwn(table, name) && table[name] ? { name, command: table[name] } : {};
}

/** The text of an argument: its value is an element of its name. */
function argument(call: Call, name: string): string {
  const list = param<{ name: string; val: string }[] | undefined>(call, "argument") ?? [];
  const value = list.find((a) => a.name === name)?.val ?? "";
  const match = /^\s*<(\w+)[^>]*>([^<]*)<\/\1>\s*$/.exec(value);
  if (match?.[1] !== name) throw fault("InvalidArgument", `the argument ${name} is missing`);
  return match[2] ?? "";
}

/** The commands of a name space, in the form in which FetchCLIInfo tells them. */
function describe(typeName: string): Record<string, unknown> {
  const space = typeName.startsWith(prefix) ? typeName.slice(prefix.length) : typeName;
  const table = Object.hasOwn(commands, space) ? commands[space] : undefined;
  if (!table) return unknown(`there is no name space ${space}`);
  const item = (name: string, help: string) =>
    `<name>${escapeXml(name)}</name><displayName>${escapeXml(name.split(".").at(-1) ?? "")}` +
    `</displayName><help>${escapeXml(help)}</help>`;
  const methods = Object.entries(table).map(([name, command]) => {
    const hints = command.table
      ? [
          ["formatter", "table"],
          ["fields:", command.table],
        ]
      : [["formatter", "simple"]];
    const shown = hints.map(
      ([key, value]) => `<hints><key>${key}</key><value>${value}</value></hints>`,
    );
    return `<method>${item(name, command.help)}${shown.join("")}</method>`;
  });
  const inner = `${item(space, space)}${methods.join("")}`;
  return { response: `${head("CLIInfo")}${inner}</obj>` };
}

const unknown = (message: string) => ({
  fault: {
    faultMsg: message,
    faultDetail: `<obj xmlns="urn:vim25" xmlns:xsi="${xsi}" xsi:type="NotFound"/>`,
  },
});

const xsi = "http://www.w3.org/2001/XMLSchema-instance";
const head = (type: string) =>
  `<obj xmlns="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="${xsi}"` +
  ` versionId="5.0" xsi:type="${type}">`;

function encode(type: string, { type: rowType, rows }: Rows): string {
  const fields = (row: Rows["rows"][number]) =>
    Object.entries(row)
      .flatMap(([name, value]) => [value].flat().map((v) => [name, v] as const))
      .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
      .join("");
  const objects = rows.map(
    (row) => `<DataObject xsi:type="${type}${rowType}">${fields(row)}</DataObject>`,
  );
  return `${head("ArrayOfDataObject")}${objects.join("")}</obj>`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

import type { Flag } from "./shared-flags.ts";

const widthMax = 100;
/** Column at which descriptions begin. */
const indent = 36;

/** Breaks text into lines of at most `width` columns, at spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** `--name, -n VALUE` */
function heading(flag: Flag): string {
  const spellings = [flag.name, ...(flag.aliases ?? [])].map((s) =>
    s.length === 1 ? `-${s}` : `--${s}`,
  );
  return `${spellings.join(", ")}${flag.value === undefined ? "" : ` ${flag.value}`}`;
}

function describe(flag: Flag): string {
  const notes = [
    flag.type === "list" ? "may be repeated" : "",
    flag.env === undefined ? "" : `or ${flag.env}`,
  ].filter((n) => n !== "");
  const text = notes.length === 0 ? flag.help : `${flag.help} [${notes.join("; ")}]`;
  const [first = "", ...rest] = wrap(text, widthMax - indent);
  const head = `  ${heading(flag)}`;
  const pad = " ".repeat(indent);
  const start = head.length < indent - 1 ? head.padEnd(indent) + first : `${head}\n${pad}${first}`;
  return [start, ...rest.map((line) => pad + line)].join("\n");
}

/** What is said about one verb. */
export interface VerbHelp {
  app: string;
  verb: string;
  about: string;
  flags: readonly Flag[];
  /** Further lines behind the flags. */
  notes: readonly string[];
}

/** Help of a verb; flags that few need only when `isExtended`. */
export function verbHelp(help: VerbHelp, isExtended: boolean): string {
  const shown = help.flags.filter((f) => isExtended || !f.isRare);
  const hasMore = help.flags.some((f) => f.isRare && f.name !== "debug");
  const groups = [...new Set(shown.map((f) => f.group))];
  const sections = groups.map((group) => {
    const lines = shown.filter((f) => f.group === group).map(describe);
    return `${group}:\n${lines.join("\n")}`;
  });
  const notes = [
    ...help.notes,
    ...(hasMore && !isExtended
      ? [`${help.app} ${help.verb} --extended-help shows all flags.`]
      : []),
  ];
  return [
    `${help.app} ${help.verb} - ${help.about}`,
    `Usage: ${help.app} ${help.verb} [flags]`,
    ...sections,
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
  ].join("\n\n");
}

/** Help of the whole program. */
export function programHelp(
  app: string,
  version: string,
  verbs: readonly { name: string; about: string }[],
): string {
  const lines = verbs.map((v) => `  ${v.name.padEnd(16)}${v.about}`);
  return [
    `${app} - Create and manage Virtual Container Hosts\nVersion ${version}`,
    `Usage: ${app} COMMAND [flags]`,
    `Commands:\n${lines.join("\n")}`,
    "Where vSphere is and who you are can be set once:\n" +
      "  VIC_MACHINE_TARGET, VIC_MACHINE_USER, VIC_MACHINE_PASSWORD, VIC_MACHINE_THUMBPRINT",
    `${app} COMMAND --help tells about one command.`,
  ].join("\n\n");
}

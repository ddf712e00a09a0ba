import { guestFault } from "./contract.ts";

/** Longest arguments of a program, characters. */
const argumentsMax = 64 * 1024;

/**
 * The argv for a program and its arguments as one text, which vmtoolsd gives to a shell; govc relies on that for its
 * redirections. Without a shell the words are taken apart here, and what only a shell can do is refused.
 */
export function commandOf(program: string, text: string, shell: string | undefined): string[] {
  if (text.length > argumentsMax || text.includes("\0")) {
    throw guestFault("InvalidArgument", `arguments have at most ${argumentsMax} characters`);
  }
  if (shell === undefined) return [program, ...splitWords(text)];
  const quoted = `'${program.replaceAll("'", "'\\''")}'`;
  // With exec the process that is listed and terminated is the program and not its shell.
  const exec = /[;&|\n`]|\$\(/.test(text) ? "" : "exec ";
  return [shell, "-c", `${exec}${quoted} ${text}`];
}

/** Words with quotes and backslashes as a shell reads them. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  const token = /\s*((?:[^\s"'\\<>|;&]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/gsy;
  let at = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    words.push(unquote(match[1] ?? ""));
    at = token.lastIndex;
  }
  if (text.slice(at).trim() !== "") {
    throw guestFault(
      "InvalidArgument",
      "the guest has no shell: only words and quotes can be used",
    );
  }
  return words;
}

function unquote(word: string): string {
  return word.replaceAll(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? (double ?? "").replaceAll(/\\(["\\$`])/g, "$1"),
  );
}

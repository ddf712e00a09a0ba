/** Flags by name as the user gave them, aliases and environment already resolved. */
export type RawOptions = Record<string, string | boolean | string[] | undefined>;

/** Value of a text flag. */
export function text(raw: RawOptions, name: string): string | undefined {
  const value = raw[name];
  return typeof value === "string" ? value : undefined;
}

/** Values of a repeatable flag. */
export function list(raw: RawOptions, name: string): string[] {
  const value = raw[name];
  return Array.isArray(value) ? value : [];
}

/** Whether a switch is on. */
export function isOn(raw: RawOptions, name: string): boolean {
  return raw[name] === true;
}

/** Not kept in a VCH: secrets, and files of the machine that create ran on. */
const privateFlags = new Set([
  "user",
  "password",
  "tls-server-cert",
  "tls-server-key",
  "tls-cert-path",
  "registry-ca",
  "tls-ca",
]);

/** The options as `--flag=value`, without secrets: what a VCH keeps of how it was made. */
export function publicOptions(raw: RawOptions): string[] {
  return Object.entries(raw).flatMap(([name, value]) => {
    if (privateFlags.has(name) || value === undefined) return [];
    return [value].flat().map((v) => `--${name}=${name === "target" ? withoutUser(String(v)) : v}`);
  });
}

/** A target without `user:password@`. */
function withoutUser(target: string): string {
  return target.replace(
    /^([a-z]+:\/\/)?(?:.*@)?/i,
    (_, scheme: string | undefined) => scheme ?? "",
  );
}

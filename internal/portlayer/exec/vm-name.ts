/** Names of container VMs in the vSphere inventory. */

/** Longest name vSphere takes. */
const nameMaxChars = 80;
const shortIdChars = 12;

/** `{name}-{short id}`, the name cut where it is too long; `%`, `/` and `\` cannot be in it, container names have none. */
export function vmNameOf(name: string, id: string): string {
  const suffix = `-${id.slice(0, shortIdChars)}`;
  return `${name.slice(0, nameMaxChars - suffix.length)}${suffix}`;
}

/** Docker's rule for container names. */
export function isContainerName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name) && name.length <= 255;
}

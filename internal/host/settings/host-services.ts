/** Services of the host: there is vic-host itself, and the SSH server that ESXi has and vic-host does not. */
export function serviceInfo(): Record<string, unknown> {
  const service = (key: string, label: string, isRunning: boolean) => ({
    key,
    label,
    required: isRunning,
    uninstallable: false,
    running: isRunning,
    policy: isRunning ? "on" : "off",
  });
  return {
    service: [
      service("vic-host", "vic-host", true),
      { ...service("TSM-SSH", "SSH", false), ruleset: ["sshServer"] },
    ],
  };
}

/** The one time zone. */
export const utc = { key: "UTC", name: "UTC", description: "UTC", gmtOffset: 0 };

/** HostDateTimeInfo: the API speaks UTC. */
export const dateTimeInfo = (): Record<string, unknown> => ({
  timeZone: utc,
  ntpConfig: { server: [] },
});

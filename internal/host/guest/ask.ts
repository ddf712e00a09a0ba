import type { Operations } from "../../guest/operations/contract.ts";
import { fault } from "../fault.ts";
import type { VirtualMachine } from "../inventory/vm/virtual-machine.ts";
import type { GuestCall } from "../vm/machine.ts";

/** Decoded GuestAuthentication. */
export interface GuestAuthentication {
  _type?: string;
  interactiveSession: boolean;
  username?: string;
  password?: string;
}

/** Longest name and password of a user in a guest, characters. */
const credentialMax = 1024;

/** Name and password that a guest can check. */
export function credentialsOf(auth: GuestAuthentication): { username: string; password: string } {
  const { username, password } = auth;
  if (username === undefined || password === undefined) {
    throw fault("InvalidGuestLogin", "use a NamePasswordAuthentication");
  }
  if (auth.interactiveSession) {
    throw fault("NotSupported", "guests of vic-host have no interactive sessions");
  }
  if (username === "" || username.length > credentialMax || password.length > credentialMax) {
    throw fault("InvalidGuestLogin", "name and password are not right");
  }
  return { username, password };
}

/** Has the guest of a VM do an operation. */
export async function askGuest<Name extends keyof Operations>(
  vm: VirtualMachine,
  operation: Name,
  params: Operations[Name]["params"],
  stream: Pick<GuestCall, "input" | "output" | "signal"> = {},
): Promise<Operations[Name]["result"]> {
  const { name } = vm.record;
  if (vm.powerState !== "poweredOn") {
    throw fault("InvalidPowerState", `${name} is ${vm.powerState}: power it on`, {
      requestedState: "poweredOn",
      existingState: vm.powerState,
    });
  }
  if (!vm.machine || !vm.live.areOperationsReady) {
    throw fault("GuestOperationsUnavailable", `the guest of ${name} does no operations (yet)`);
  }
  const result = await vm.machine.callGuest({ operation, params: { ...params }, ...stream });
  return result as Operations[Name]["result"];
}

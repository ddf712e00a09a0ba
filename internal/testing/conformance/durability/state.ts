/** What one client has made, as far as it is compared; plain data. */
export interface State {
  /** By name. */
  vms: Record<string, VmState>;
  /** Digest by path below the datastore. */
  files: Record<string, string>;
  pools: Record<string, true>;
  folders: Record<string, true>;
}

/** One VM. */
export interface VmState {
  /** Folder on the datastore, named as the VM was at first. */
  home: string;
  isOn: boolean;
  /** One reconfiguration sets both; they never differ. */
  annotation: string;
  value: string;
  /** Names of its disks' files, sorted. */
  disks: string[];
  /** VM folder and pool by name; "" for the topmost. */
  folder: string;
  pool: string;
}

/** Nothing. */
export const emptyState = (): State => ({ vms: {}, files: {}, pools: {}, folders: {} });

/** A copy without a key. */
export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** A copy in which one VM is different. */
export function withVm(state: State, name: string, changes: Partial<VmState>): State {
  return { ...state, vms: { ...state.vms, [name]: { ...state.vms[name]!, ...changes } } };
}

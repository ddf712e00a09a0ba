/** What methods are called in TaskInfo.descriptionId and in TaskManager.description. */
import { methodTypes } from "../../vim25/schema/methods.ts";
import { parseMethods } from "../../vim25/schema/parse.ts";

/** Methods whose id is not their name, by the names that vSphere gives them. */
const idsOf: Record<string, string> = {
  AddStandaloneHost_Task: "addStandaloneHost",
  CloneVM_Task: "clone",
  CreateVM_Task: "createVm",
  PowerOffVM_Task: "powerOff",
  PowerOnMultiVM_Task: "powerOnVm",
  PowerOnVM_Task: "powerOn",
  ReconfigVM_Task: "reconfigure",
  ReconfigureComputeResource_Task: "reconfigureEx",
  RegisterVM_Task: "registerVm",
  RelocateVM_Task: "relocate",
  RemoveSnapshot_Task: "remove",
  ResetVM_Task: "reset",
  RevertToSnapshot_Task: "revert",
  SearchDatastore_Task: "search",
  SearchDatastoreSubFolders_Task: "searchSubFolders",
  SuspendVM_Task: "suspend",
};

/** `PowerOnVM_Task` of a VirtualMachine as "VirtualMachine.powerOn". */
export function descriptionId(type: string, method: string): string {
  const verb = method.replace(/_Task$/, "");
  const name = idsOf[method] ?? `${verb.charAt(0).toLowerCase()}${verb.slice(1)}`;
  return `${type}.${name}`;
}

/** `PowerOnVM_Task` as "Power on VM". */
export function methodLabel(method: string): string {
  const words = method
    .replace(/_Task$/, "")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(" ");
  const rest = words.slice(1).map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [words[0], ...rest].join(" ");
}

const element = (key: string, label: string) => ({ key, label, summary: label });

/** ElementDescription of every method that starts a task. */
function methodInfo(): object[] {
  return parseMethods(methodTypes).flatMap(([type, methods]) =>
    methods
      .filter(({ name }) => name.endsWith("_Task"))
      .map(({ name }) => ({
        _type: "ElementDescription",
        ...element(descriptionId(type, name), methodLabel(name)),
      })),
  );
}

/** TaskDescription. */
export const taskDescription = {
  methodInfo: methodInfo(),
  state: [
    element("queued", "Queued"),
    element("running", "Running"),
    element("success", "Completed"),
    element("error", "Failed"),
  ].map((state) => ({ _type: "ElementDescription", ...state })),
  reason: [
    element("TaskReasonSystem", "By the system"),
    element("TaskReasonUser", "By a user"),
  ].map((reason) => ({ _type: "TypeDescription", ...reason })),
};

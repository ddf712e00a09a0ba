import type { Case } from "../suite.ts";
import { cloneCases } from "./clone.ts";
import { retrieveCases, updateCases } from "./collector.ts";
import { deviceCases } from "./devices.ts";
import { disabledCases, faultCases, guestCases, logCases } from "./guest.ts";
import { eventCases, taskCases } from "./history.ts";
import { inventoryCases, searchCases } from "./inventory.ts";
import { firewallCases, licenseCases, optionCases, perfCases, permissionCases } from "./manage.ts";
import { clusterCases, dvsCases, networkCases } from "./network.ts";
import { folderCases, poolCases, vAppCases } from "./pools.ts";
import { extraConfigCases, reconfigureCases } from "./reconfigure.ts";
import { sessionCases } from "./session.ts";
import { snapshotCases } from "./snapshots.ts";
import { browserCases, diskCases, fileCases } from "./storage.ts";
import { viewCases } from "./views.ts";
import { vmCases } from "./vm.ts";
import { wrapperCases } from "./wrappers.ts";

/** All cases, in the order they run. */
export const cases: Case[] = [
  sessionCases,
  inventoryCases,
  searchCases,
  retrieveCases,
  updateCases,
  viewCases,
  taskCases,
  eventCases,
  vmCases,
  reconfigureCases,
  extraConfigCases,
  deviceCases,
  snapshotCases,
  cloneCases,
  poolCases,
  vAppCases,
  folderCases,
  browserCases,
  fileCases,
  diskCases,
  networkCases,
  dvsCases,
  clusterCases,
  permissionCases,
  optionCases,
  licenseCases,
  firewallCases,
  perfCases,
  guestCases,
  faultCases,
  disabledCases,
  logCases,
  wrapperCases,
].flat();

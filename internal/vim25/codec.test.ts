import { expect, test } from "bun:test";
import { decode, encodeValue } from "./codec.ts";
import { propertyType, propertyValue, splitPath } from "./property-path.ts";
import { decodeRequest, decodeResponse, encodeFault, encodeRequest, encodeResponse, findMethod } from "./soap.ts";
import { any } from "./types.ts";
import { parseXml } from "./xml.ts";

test("draft", () => {
  const vm={type:"VirtualMachine",value:"1"};
  const spec={ name:"a<b", deviceChange:[{operation:"add", device:{_type:"VirtualDisk", key:-1, capacityInKB: 1024, backing:{_type:"VirtualDiskFlatVer2BackingInfo", fileName:"[ds] x.vmdk", diskMode:"persistent", parent:{fileName:"p"}}}}], extraConfig:[{key:"guestinfo.x",value:"y"}] };
  const xml=encodeRequest(vm,"ReconfigVM_Task",{spec});
  console.log(xml);
  const r=decodeRequest(xml);
  expect(r.params.spec).toEqual({...spec} as any);
  const row=findMethod("PropertyCollector","RetrieveProperties")!;
  const x=encodeResponse(row,[{obj:vm,propSet:[{name:"runtime.powerState",val:propertyValue("VirtualMachine","runtime.powerState","poweredOn")},{name:"config.hardware.device",val:propertyValue("VirtualMachine","config.hardware.device",[{_type:"VirtualDisk",key:1,capacityInKB:1}])},{name:"datastore",val:propertyValue("VirtualMachine","datastore",[])}]}]);
  console.log(x); console.log(JSON.stringify(decodeResponse(row,x)));
  console.log(encodeFault({fault:{_type:"InvalidPowerState",requestedState:"poweredOn",existingState:"poweredOff"},message:"no"}));
});

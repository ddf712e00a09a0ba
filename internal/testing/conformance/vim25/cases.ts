import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Client } from "../../../vim25/client.ts";
import { faultOf } from "../../../vim25/fault.ts";
import { retrieve, retrieveOne, retrieveSpec, sharedWatcher } from "../../../vim25/properties.ts";
import { poolVmsSpec, viewSpec } from "../../../vim25/specs.ts";
import type { MoRef } from "../../../vim25/types.ts";
import type { ObjectChange } from "../../../vim25/watcher.ts";
import type { Datastore } from "../../../vsphere/datastore.ts";
import * as device from "../../../vsphere/device.ts";
import * as network from "../../../vsphere/network.ts";
import { Session } from "../../../vsphere/session.ts";
import { createDisk, deleteDisk, diskChain } from "../../../vsphere/virtual-disk.ts";
import { VirtualMachine } from "../../../vsphere/vm.ts";
import type { Target, Traits } from "./target.ts";

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What every endpoint that speaks vim25 has to do for us, told once for all of them. */
export function vim25Cases(name: string, traits: Traits, start: () => Promise<Target>): void {
  describe(name, () => {
    let target: Target;
    let session: Session;
    let client: Client;
    let datastore: Datastore;

    beforeAll(async () => {
      target = await start();
      const { compute } = target;
      session = await Session.open({ ...target.login, ...(compute ? { compute } : {}) });
      client = session.client;
      datastore = await session.datastore();
    });
    afterAll(async () => {
      await session?.[Symbol.asyncDispose]();
      await target?.[Symbol.asyncDispose]();
    });

    const home = () => ({ folder: session.vmFolder, pool: session.pool });
    const makeVm = (vmName: string, deviceChange: device.DeviceChange[] = []) =>
      VirtualMachine.create(client, home(), {
        name: vmName,
        numCPUs: 1,
        memoryMB: 64,
        guestId: "otherGuest64",
        files: { vmPathName: datastore.full("") },
        extraConfig: [{ key: "guestinfo.x", value: "1" }],
        deviceChange: [device.add(device.pvscsi()), ...deviceChange],
      });

    test("logs in with the right password and certificate only", async () => {
      const wrong = { ...target.login, password: "wrong" };
      expect(await failure(Client.connect(wrong))).toMatchObject({ code: "unauthenticated" });
      const print = { ...target.login, thumbprint: "AA:BB" };
      expect(await failure(Client.connect(print))).toMatchObject({ code: "forbidden" });
      expect(["HostAgent", "VirtualCenter"]).toContain(client.content.about.apiType);
    });

    test("lists every kind of thing by its path and finds it again", async () => {
      for (const kind of [
        "datacenter",
        "compute",
        "host",
        "pool",
        "datastore",
        "network",
      ] as const) {
        const [first] = await session.finder.list(kind);
        expect(first?.path).toStartWith("/");
        const found = await session.finder.find(kind, first!.path);
        expect(found.ref).toEqual(first!.ref);
        expect(await session.finder.pathOf(first!.ref)).toBe(first!.path);
      }
      const missing = await failure(session.finder.datastore("no-such"));
      expect(missing).toMatchObject({
        code: "not-found",
        detail: { candidates: [expect.any(String)] },
      });
      const [host] = await session.hosts();
      expect(await session.managementAddress(host!)).toMatch(/^[\d.]+$/);
    });

    test("an object that is gone is not found, or left out of many", async () => {
      const gone: MoRef = { type: "VirtualMachine", value: "no-such" };
      expect(faultOf(await failure(retrieve(client, [gone], ["name"])))).toBe(
        "ManagedObjectNotFound",
      );
      const many = await retrieve(client, [gone, session.datacenter], ["name"]);
      expect(many.map((object) => object.ref)).toEqual([session.datacenter]);
    });

    test("files go up, come down whole or in part, are listed, moved and removed", async () => {
      await datastore.mkdir("vim25/a b");
      await datastore.mkdir("vim25/a b");
      await datastore.upload("hello world", "vim25/a b/x.txt");
      const bytes = new Uint8Array(3 * 1024 * 1024).fill(7);
      let sent = 0;
      await datastore.upload(new Blob([bytes]).stream(), "vim25/big.bin", {
        sizeBytes: bytes.length,
        onProgress: (n) => {
          sent = n;
        },
      });
      expect(sent).toBe(bytes.length);
      expect(await datastore.stat("vim25/a b/x.txt")).toMatchObject({ sizeBytes: 11 });
      expect(await datastore.stat("vim25/none")).toBeUndefined();
      expect(await datastore.read("vim25/big.bin")).toEqual(Buffer.from(bytes));
      const { body } = await datastore.download("vim25/a b/x.txt", { start: 6, end: 8 });
      expect(await new Response(body).text()).toBe("wor");
      expect(await failure(datastore.read("vim25/none"))).toMatchObject({ code: "not-found" });
      const deep = await datastore.list("vim25", { isDeep: true, pattern: "*.txt" });
      expect(deep).toMatchObject([{ path: "vim25/a b/x.txt", sizeBytes: 11, isFolder: false }]);
      const flat = await datastore.list("vim25");
      expect(flat.map((file) => file.path)).toContain("vim25/big.bin");
      await datastore.move("vim25/big.bin", "vim25/moved.bin");
      await datastore.remove("vim25/moved.bin");
      await datastore.remove("vim25/moved.bin");
      expect(await failure(datastore.list("no-such"))).toMatchObject({ code: "not-found" });
      expect((await datastore.space()).freeBytes).toBeGreaterThan(0);
    });

    test("a VM is made, changed, powered and destroyed", async () => {
      const [net] = await session.finder.list("network");
      const backing = await network.networkBacking(client, net!.ref);
      const mac = "00:50:56:01:02:03";
      const vm = await makeVm("vim25-vm", [device.add(device.vmxnet3({ mac, backing }))]);
      expect((await session.finder.vm("vim25-vm")).ref).toEqual(vm.ref);
      const devices = await vm.devices();
      expect(device.findNic(devices, mac)?._type).toBe("VirtualVmxnet3");
      const controllerKey = device.devicesOf(devices, "VirtualSCSIController")[0]!.key;

      await datastore.mkdir("vim25");
      await createDisk(datastore, "vim25/base.vmdk", 1024);
      const unitNumber = device.freeUnit(devices, controllerKey);
      const [child, base] = [datastore.full("vim25/child.vmdk"), datastore.full("vim25/base.vmdk")];
      const place = { controllerKey, unitNumber };
      await vm.reconfigure({ deviceChange: [device.create(device.childDisk(child, base, place))] });
      const disk = device.findDisk(await vm.devices(), child);
      expect(disk).toMatchObject(place);

      await vm.powerOn();
      await vm.powerOn();
      await vm.setExtraConfig([
        ["guestinfo.x", ""],
        ["guestinfo.y", "2 <&>"],
      ]);
      const { values } = await vm.extraConfig();
      expect([values.has("guestinfo.x"), values.get("guestinfo.y")]).toEqual([false, "2 <&>"]);
      await vm.powerOff();
      await vm.powerOff();
      expect(await vm.powerState()).toBe("poweredOff");
      await vm.reconfigure({ deviceChange: [device.remove(disk!, true)] });
      expect(device.findDisk(await vm.devices(), child)).toBeUndefined();
      await vm.destroy();
      await vm.destroy();
      expect(await failure(session.finder.vm("vim25-vm"))).toMatchObject({ code: "not-found" });
      await deleteDisk(datastore, "vim25/base.vmdk");
      await deleteDisk(datastore, "vim25/base.vmdk");
    });

    test.skipIf(!traits.checksChangeVersion)(
      "a change on top of one not seen is refused",
      async () => {
        const vm = await makeVm("vim25-version");
        const { changeVersion } = await vm.extraConfig();
        await vm.setExtraConfig([["guestinfo.a", "1"]], changeVersion);
        const stale = await failure(vm.setExtraConfig([["guestinfo.a", "2"]], changeVersion));
        expect(stale).toMatchObject({ code: "concurrent" });
        await vm.destroy();
      },
    );

    test.skipIf(!traits.hasDiskChains)("disks tell their parents", async () => {
      await datastore.mkdir("vim25");
      await createDisk(datastore, "vim25/chain.vmdk", 1024);
      const chain = await diskChain(datastore, "vim25/chain.vmdk");
      expect(chain.map((info) => info.name)).toEqual([datastore.full("vim25/chain.vmdk")]);
      await deleteDisk(datastore, "vim25/chain.vmdk");
    });

    test.skipIf(!traits.hasPortGroups)("port groups come and go", async () => {
      const [host] = await session.hosts();
      const system = await network.networkSystem(client, host!);
      expect(await network.addSwitch(client, system, "vim25-switch")).toBe(true);
      const group = { name: "vim25-bridge", switchName: "vim25-switch" };
      expect(await network.addPortGroup(client, system, group)).toBe(true);
      expect(await network.addPortGroup(client, system, group)).toBe(false);
      const found = await session.finder.network("vim25-bridge");
      expect(await network.networkBacking(client, found.ref)).toEqual(
        network.standardBacking("vim25-bridge"),
      );
      await network.removePortGroup(client, system, "vim25-bridge");
      await network.removePortGroup(client, system, "vim25-bridge");
      await network.removeSwitch(client, system, "vim25-switch");
    });

    test("a watcher follows VMs as they come, change and go", async () => {
      const seen: ObjectChange[] = [];
      let wake = () => undefined as void;
      const until = async (fits: (change: ObjectChange) => boolean) => {
        while (!seen.some(fits)) await new Promise<void>((resolve) => (wake = resolve));
      };
      const paths = ["name", "runtime.powerState"];
      const subscription = sharedWatcher(client).watch(
        poolVmsSpec(session.pool, paths),
        (changes) => {
          seen.push(...changes);
          wake();
        },
      );
      const vm = await makeVm("vim25-watched");
      const isOurs = (change: ObjectChange) => change.ref.value === vm.ref.value;
      await until((c) => isOurs(c) && c.props["runtime.powerState"] === "poweredOff");
      await vm.powerOn();
      await until((c) => isOurs(c) && c.props["runtime.powerState"] === "poweredOn");
      await vm.powerOff();
      await vm.destroy();
      await until((c) => isOurs(c) && c.kind === "leave");
      subscription.close();
    });

    test("a lost session is renewed, and tasks go on", async () => {
      const vm = await makeVm("vim25-session");
      const manager = client.content.sessionManager!;
      const { currentSession } = await retrieveOne(client, manager, ["currentSession"]);
      const sessionId = [(currentSession as { key: string }).key];
      await using other = await Client.connect(target.login);
      await other.call(manager, "TerminateSession", { sessionId });
      expect(await retrieveOne(client, vm.ref, ["name"])).toEqual({ name: "vim25-session" });
      await vm.powerOn();
      await vm.powerOff();
      await vm.destroy();
    });

    test("a view shows what is in a container", async () => {
      const vm = await makeVm("vim25-view");
      const view = await client.call<MoRef>(client.content.viewManager!, "CreateContainerView", {
        container: client.content.rootFolder,
        type: ["VirtualMachine"],
        recursive: true,
      });
      const found = await retrieveSpec(client, viewSpec(view, "VirtualMachine", ["name"]));
      expect(found).toContainEqual({ ref: vm.ref, props: { name: "vim25-view" } });
      await client.call(view, "DestroyView");
      await vm.destroy();
    });
  });
}

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refs } from "../../../host/inventory/refs.ts";
import { vmSpec } from "../../../host/testing/fakes.ts";
import type { Client } from "../../../vim25/client.ts";
import { retrieveSpec } from "../../../vim25/properties.ts";
import { runTask } from "../../../vim25/task.ts";
import { isMoRef, type MoRef } from "../../../vim25/types.ts";
import type { FakeProcess } from "../fake-process.ts";
import { escapeMark } from "./values.ts";

const secret = "what lies beside the datastore";

/** What there is to break, and what must not be reached. */
export class Scene {
  readonly #host: FakeProcess;
  readonly #client: Client;
  #before: string[] = [];

  constructor(host: FakeProcess, client: Client) {
    this.#host = host;
    this.#client = client;
  }

  /** Makes a VM, a pool, a folder, and files beside the datastore. */
  async set(): Promise<void> {
    const datastore = join(this.#host.dir, "datastore1");
    writeFileSync(join(this.#host.dir, "secret"), secret);
    symlinkSync("/etc", join(datastore, "link"));
    execFileSync("mkfifo", [join(datastore, "fifo")]);
    await this.restore();
    this.#before = this.#outside();
  }

  /** Everything that a case may name; made again where an earlier case removed it. */
  async restore(): Promise<MoRef[]> {
    const client = this.#client;
    const vms = await this.#all("VirtualMachine");
    for (const { ref, name } of vms) if (!isKept(name)) await this.#destroy(ref);
    for (const type of ["VirtualApp", "ResourcePool", "Folder"]) {
      for (const { ref, name } of (await this.#all(type)).toReversed()) {
        if (!isKept(name) && !fixed.has(ref.value)) await this.#destroy(ref);
      }
    }
    const has = async (type: string) => (await this.#all(type)).some((o) => isKept(o.name));
    if (!(await has("VirtualMachine"))) {
      const config = vmSpec("kept");
      const params = { config, pool: refs.rootPool };
      await runTask(client, refs.vmFolder, "CreateVM_Task", params).catch(() => undefined);
    }
    if (!(await has("ResourcePool"))) {
      const allocation = { reservation: 0, limit: -1, expandableReservation: true };
      const spec = { cpuAllocation: allocation, memoryAllocation: allocation };
      await client.call(refs.rootPool, "CreateResourcePool", { name: "kept-pool", spec });
    }
    if (!(await has("Folder")))
      await client.call(refs.vmFolder, "CreateFolder", { name: "kept-folder" });
    const made = [];
    for (const type of ["VirtualMachine", "ResourcePool", "Folder", "Network", "Datastore"]) {
      made.push(...(await this.#all(type)).map((object) => object.ref));
    }
    return [...new Map([...fixed.values(), ...made].map((ref) => [ref.value, ref])).values()];
  }

  /** What is outside the datastore and was not there before; what changed there. */
  escaped(): string[] {
    const found = this.#outside().filter((path) => !this.#before.includes(path));
    const isKept = readFileSync(join(this.#host.dir, "secret"), "utf8") === secret;
    return isKept ? found : [...found, "secret"];
  }

  #outside(): string[] {
    const marked = [tmpdir(), "/", "/etc", join(this.#host.dir, "..")].filter((folder) =>
      existsSync(join(folder, escapeMark)),
    );
    const own = readdirSync(this.#host.dir).filter(
      (name) => !/^vic-host\.db|^machines|^datastores$/.test(name),
    );
    return [...own, ...marked];
  }

  async #all(type: string): Promise<{ ref: MoRef; name: string }[]> {
    const view = await this.#client.call<MoRef>(refs.viewManager, "CreateContainerView", {
      container: refs.rootFolder,
      type: [type],
      recursive: true,
    });
    try {
      const path = { _type: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
      const found = await retrieveSpec(this.#client, {
        objectSet: [{ obj: view, skip: true, selectSet: [path] }],
        propSet: [{ type, pathSet: ["name"] }],
      });
      return found.map((o) => ({ ref: o.ref, name: String(o.props["name"]) }));
    } finally {
      await this.#client.call(view, "DestroyView");
    }
  }

  async #destroy(ref: MoRef): Promise<void> {
    if (ref.type === "VirtualMachine") {
      const params = { entity: [ref], method: ["Destroy_Task"], sourceId: "x" };
      await this.#client.call(refs.authorizationManager, "EnableMethods", params);
      await runTask(this.#client, ref, "PowerOffVM_Task").catch(() => undefined);
    }
    await runTask(this.#client, ref, "Destroy_Task").catch(() => undefined);
  }
}

const isKept = (name: string): boolean => /^kept(-|$)/.test(name);

const fixed = new Map(
  Object.values(refs)
    .filter(isMoRef)
    .map((ref) => [ref.value, ref] as const),
);

import { join } from "node:path";
import { serveLocal } from "../../../host/local.ts";
import { Client } from "../../../vim25/client.ts";
import { Scene } from "./scene.ts";

const password = "a password of a test";

/** A vic-host with its data in `dir`, in this process; disposing it leaves its VMs running. */
export async function openHere(dir: string, loopback: string): Promise<Scene> {
  const running = await serveLocal({
    dataDir: dir,
    host: "127.0.0.1",
    port: 0,
    user: "root",
    password,
    capacityBytes: undefined,
    loopback,
    log: () => undefined,
  });
  const { url, sha256 } = running;
  const client = await Client.connect({ url, username: "root", password, thumbprint: sha256 });
  const host = {
    dir,
    datastore: join(dir, "datastore1"),
    log: "",
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
  return new Scene(host, client);
}

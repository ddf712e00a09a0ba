import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import { retrieveOne } from "../vim25/properties.ts";
import { decodeResponse, encodeRequest, findMethod } from "../vim25/soap.ts";
import type { DataObject, MoRef } from "../vim25/types.ts";
import { refs } from "./inventory/refs.ts";
import { TestHost } from "./testing/fakes.ts";
import { addUser, failure } from "./testing/users.ts";

// A password hash takes long on a busy machine.
setDefaultTimeout(60_000);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.start();
});
afterAll(() => host[Symbol.asyncDispose]());

const manager = refs.sessionManager;

/** A SOAP call without a client behind it. */
async function soap(self: MoRef, method: string, params: DataObject = {}, cookie = "") {
  const response = await post(encodeRequest(self, method, params), cookie);
  const answer = decodeResponse(findMethod(self.type, method)!, await response.text());
  return {
    cookie: response.headers.get("set-cookie") ?? "",
    result: "result" in answer ? answer.result : undefined,
    fault: "fault" in answer ? answer.fault.fault._type : undefined,
    status: response.status,
  };
}

function post(body: string, cookie = "", headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${host.running.url}/sdk`, {
    method: "POST",
    body,
    headers: { ...(cookie === "" ? {} : { cookie: cookie.split(";")[0]! }), ...headers },
    tls: { rejectUnauthorized: false },
  });
}

const login = () => soap(manager, "Login", { userName: "root", password: host.password });

describe("a session", () => {
  test("is a cookie that cannot be guessed, read by scripts or sent in the clear", async () => {
    const { cookie, result } = await login();
    expect(cookie).toMatch(
      /^vmware_soap_session="[0-9a-f]{64}"; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(cookie).not.toContain((result as { key: string }).key);
    const again = await login();
    expect(again.cookie).not.toBe(cookie);
    const out = await soap(manager, "Logout", {}, cookie);
    expect(out.cookie).toContain("Max-Age=0");
    expect((await soap(manager, "AcquireCloneTicket", {}, cookie)).fault).toBe("NotAuthenticated");
    // The key is for everybody to read: it opens nothing.
    const key = `vmware_soap_session="${(again.result as { key: string }).key}"`;
    expect((await soap(manager, "AcquireCloneTicket", {}, key)).fault).toBe("NotAuthenticated");
    await soap(manager, "Logout", {}, again.cookie);
  });

  test("is cloned by a ticket once", async () => {
    const first = await login();
    const ticket = await soap(manager, "AcquireCloneTicket", {}, first.cookie);
    const cloneTicket = String(ticket.result);
    const clone = await soap(manager, "CloneSession", { cloneTicket });
    expect(clone.result).toMatchObject({ userName: "root" });
    expect((await soap(manager, "CloneSession", { cloneTicket })).fault).toBe("InvalidLogin");
    expect((await soap(manager, "CloneSession", { cloneTicket: "x" })).fault).toBe("InvalidLogin");
    await soap(manager, "Logout", {}, first.cookie);
    expect((await soap(manager, "AcquireCloneTicket", {}, clone.cookie)).fault).toBeUndefined();
    await soap(manager, "Logout", {}, clone.cookie);
  });

  test("is listed, told a message, and ended by an administrator", async () => {
    const { client } = host;
    await using ann = await addUser(host, "ann");
    const { currentSession } = await retrieveOne(ann, manager, ["currentSession"]);
    const { key } = currentSession as { key: string };
    const { sessionList } = await retrieveOne(client, manager, ["sessionList"]);
    expect(sessionList).toContainEqual(
      expect.objectContaining({ key, userName: "ann", ipAddress: "127.0.0.1" }),
    );
    const isActive = { sessionID: key, userName: "ann" };
    expect(await client.call<boolean>(manager, "SessionIsActive", isActive)).toBe(true);
    await client.call(manager, "UpdateServiceMessage", { message: "soon down" });
    expect((await retrieveOne(ann, manager, ["message"]))["message"]).toBe("soon down");
    await ann.call(manager, "SetLocale", { locale: "de_DE" });
    const { currentSession: german } = await retrieveOne(ann, manager, ["currentSession"]);
    expect((german as { locale: string }).locale).toBe("de_DE");
    expect(await failure(ann.call(manager, "SetLocale", { locale: "<>" }))).toBe("InvalidLocale");
    await client.call(manager, "TerminateSession", { sessionId: [key] });
    expect(await client.call<boolean>(manager, "SessionIsActive", isActive)).toBe(false);
    const gone = client.call(manager, "TerminateSession", { sessionId: [key] });
    expect(await failure(gone)).toBe("NotFound");
  });

  test("ends when nobody uses it, but not while it waits or transfers", async () => {
    const changedValue = [{ key: "Config.HostAgent.vmacore.soap.sessionTimeout", value: 1 }];
    await host.client.call(refs.setting, "UpdateOptions", { changedValue });
    const { cookie, result } = await login();
    const session = sessionOf((result as { key: string }).key);
    session.lastActive -= 61_000;
    session.calls++;
    expect((await soap(manager, "AcquireCloneTicket", {}, cookie)).fault).toBeUndefined();
    session.calls--;
    session.lastActive -= 61_000;
    expect((await soap(manager, "AcquireCloneTicket", {}, cookie)).fault).toBe("NotAuthenticated");
    const never = [{ key: "Config.HostAgent.vmacore.soap.sessionTimeout", value: 0 }];
    await host.client.call(refs.setting, "UpdateOptions", { changedValue: never });
    const other = await login();
    sessionOf((other.result as { key: string }).key).lastActive -= 10 * 61_000;
    expect((await soap(manager, "Logout", {}, other.cookie)).fault).toBeUndefined();
  });

  test("cannot be had in ways that vic-host does not have", async () => {
    expect((await soap(manager, "LoginByToken")).fault).toBe("NotSupported");
    const extension = { extensionKey: "x" };
    expect((await soap(manager, "LoginExtensionByCertificate", extension)).fault).toBe(
      "NotSupported",
    );
    const local = host.client.call(manager, "AcquireLocalTicket", { userName: "root" });
    expect(await failure(local)).toBe("NotSupported");
  });

  test("has limits", async () => {
    const { client } = host;
    const create = () => client.call(refs.viewManager, "CreateListView", {});
    const made: unknown[] = [];
    let refusal: string | undefined;
    while (refusal === undefined && made.length < 1000) {
      refusal = await failure(create());
      made.push(refusal);
    }
    expect(refusal).toBe("LimitExceeded");
    expect(made.length).toBeGreaterThan(100);
  });
});

test("one user cannot push out the sessions of others", async () => {
  const { sessions } = host.running;
  const open = (userName: string) => sessions.open({ userName, userAgent: "", address: "" });
  const other = open("other");
  const own = Array.from({ length: 450 }, () => open("greedy"));
  expect(sessions.find(other.token)).toBe(other);
  expect(own.filter((s) => sessions.find(s.token)).length).toBe(400);
  expect(sessions.find(own[0]!.token)).toBeUndefined();
  for (const session of [...own, other]) sessions.end(session);
});

function sessionOf(key: string) {
  const session = host.running.sessions.withKey(key);
  if (!session) throw new Error("no such session");
  return session;
}

describe("the front door", () => {
  const envelope = (inner: string) =>
    `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>${inner}</Body></Envelope>`;
  const faultIn = async (body: string, cookie = "") => {
    const response = await post(body, cookie);
    const text = await response.text();
    return /xsi:type="(\w+)"/.exec(text)?.[1] ?? `${response.status} ${text}`;
  };

  test("answers what it does not understand with a fault", async () => {
    const self = '<_this type="SessionManager">ha-sessionmgr</_this>';
    const { cookie } = await login();
    expect(await faultIn("")).toBe("InvalidRequest");
    expect(await faultIn("not xml")).toBe("InvalidRequest");
    expect(await faultIn(envelope(""))).toBe("InvalidRequest");
    expect(await faultIn(envelope("<Login/>"))).toBe("InvalidRequest");
    expect(await faultIn(envelope(`<Login>${self}</Login>`))).toBe("InvalidArgument");
    expect(await faultIn(envelope(`<NoSuch>${self}</NoSuch>`))).toBe("MethodNotFound");
    const nowhere = '<_this type="NoSuchType">x</_this>';
    expect(await faultIn(envelope(`<NoSuch>${nowhere}</NoSuch>`), cookie)).toBe("MethodNotFound");
    const gone = '<_this type="VirtualMachine">none</_this>';
    expect(await faultIn(envelope(`<PowerOnVM_Task>${gone}</PowerOnVM_Task>`), cookie)).toBe(
      "ManagedObjectNotFound",
    );
    const wrong = '<_this type="Folder">ha-sessionmgr</_this>';
    expect(
      await faultIn(envelope(`<CreateFolder>${wrong}<name>x</name></CreateFolder>`), cookie),
    ).toBe("ManagedObjectNotFound");
    const vmFolder = '<_this type="Folder">ha-folder-vm</_this>';
    const config = '<config xmlns:x="x" x:type="PerfQuerySpec"/><pool type="ResourcePool">p</pool>';
    const typed = envelope(`<CreateVM_Task>${vmFolder}${config}</CreateVM_Task>`);
    expect(await faultIn(typed, cookie)).toBe("InvalidType");
  });

  test("refuses what is too large, too deep or too much before it parses it", async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>' +
      envelope("<x>&b;</x>");
    expect(await faultIn(bomb)).toBe("InvalidRequest");
    expect(await faultIn(envelope("<a>".repeat(1000)))).toBe("InvalidRequest");
    const { cookie } = await login();
    expect(await faultIn(envelope("<a>".repeat(1_000_000)), cookie)).toBe("InvalidRequest");
    expect(await faultIn(envelope("<a/>".repeat(500_000)), cookie)).toBe("InvalidRequest");
    const many = await post(envelope("<a/>".repeat(500_000)), cookie);
    expect(await many.text()).toContain("at most 50000 elements");
    expect(await faultIn(envelope(`<a>${"<b/>".repeat(300)}</a>`))).toBe("InvalidRequest");
    const zipped = { "content-encoding": "gzip" };
    expect((await post("x", cookie, zipped)).status).toBe(415);
    expect((await post("x".repeat(5_000_000), cookie)).status).toBe(413);
    expect((await post("x".repeat(100_000))).status).toBe(413);
    expect((await post("x".repeat(100_000), cookie)).status).toBe(500);
  });

  test("speaks TLS 1.2 and later only", async () => {
    const { port } = new URL(host.running.url);
    const version = (maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3") =>
      new Promise<string>((resolve) => {
        const socket = connectTls({
          port: Number(port),
          host: "127.0.0.1",
          rejectUnauthorized: false,
          minVersion: "TLSv1",
          maxVersion,
        });
        socket.once("secureConnect", () => {
          resolve(socket.getProtocol() ?? "");
          socket.destroy();
        });
        socket.once("error", () => resolve("refused"));
        socket.once("close", () => resolve("refused"));
      });
    expect(await version("TLSv1.3")).toBe("TLSv1.3");
    expect(await version("TLSv1.2")).toBe("TLSv1.2");
    expect(await version("TLSv1.1")).toBe("refused");
  });

  test("closes connections that send nothing, or drip", async () => {
    const { port } = new URL(host.running.url);
    const silent = new Promise<void>((resolve) => {
      connectTcp({ port: Number(port), host: "127.0.0.1" }).once("close", () => resolve());
    });
    const dripping = new Promise<void>((resolve) => {
      const options = { port: Number(port), host: "127.0.0.1", rejectUnauthorized: false };
      const socket = connectTls(options, () => socket.write("POST /sdk HTTP/1.1\r\nHost: x\r\n"));
      const drip = setInterval(() => socket.write("X-More: y\r\n"), 1000);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        clearInterval(drip);
        resolve();
      });
    });
    await Promise.all([silent, dripping]);
  });
});

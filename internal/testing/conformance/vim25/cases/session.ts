import { expect } from "bun:test";
import { Client } from "../../../../vim25/client.ts";
import { faultOf } from "../../../../vim25/fault.ts";
import { retrieveOne } from "../../../../vim25/properties.ts";
import type { MoRef } from "../../../../vim25/types.ts";
import { topic } from "../suite.ts";
import type { Scene } from "../scene.ts";

interface UserSession {
  key: string;
  userName: string;
}

const other = async (t: Scene): Promise<Client> => {
  const client = await Client.connect(t.target.login);
  t.defer(() => client.close());
  return client;
};
const sessionOf = async (client: Client): Promise<UserSession> => {
  const props = await retrieveOne(client, client.content.sessionManager!, ["currentSession"]);
  return props["currentSession"] as UserSession;
};
/** A client whose calls are not repeated with a new session. */
const loggedOut = async (t: Scene): Promise<(self: MoRef, method: string) => Promise<unknown>> => {
  const response = async (self: MoRef, method: string) => {
    const body =
      `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><${method} xmlns="urn:vim25">` +
      `<_this type="${self.type}">${self.value}</_this></${method}></Body></Envelope>`;
    const answer = await fetch(t.client.url, {
      method: "POST",
      body,
      headers: { "content-type": "text/xml", soapaction: "urn:vim25/6.7" },
      tls: { rejectUnauthorized: false },
    });
    return answer.text();
  };
  return response;
};

/** Logging in and out, sessions, tickets, the service content. */
export const sessionCases = topic("session", {
  "the service content names what there is": async (t) => {
    const { about } = t.content;
    expect(about.apiType).toBe(t.isVCenter ? "VirtualCenter" : "HostAgent");
    expect(about.apiVersion).toMatch(/^\d+\.\d+/);
    expect(t.content.rootFolder.type).toBe("Folder");
  },
  "the service content is told without a session": async (t) => {
    const call = await loggedOut(t);
    expect(await call(t.client.instance, "RetrieveServiceContent")).toContain("<about>");
  },
  "a call without a session is NotAuthenticated": async (t) => {
    const call = await loggedOut(t);
    const answer = await call(t.manager("viewManager"), "CreateInventoryView");
    expect(answer).toContain("NotAuthenticated");
  },
  "a wrong password is InvalidLogin": async (t) => {
    const login = Client.connect({ ...t.target.login, password: "wrong" });
    expect(await t.error(login)).toMatchObject({
      code: "unauthenticated",
      detail: { fault: "InvalidLogin" },
    });
  },
  "an unknown user is InvalidLogin": async (t) => {
    const login = Client.connect({ ...t.target.login, username: "nobody-knows" });
    expect(faultOf(await t.error(login))).toBe("InvalidLogin");
  },
  "a certificate that is not the pinned one is refused": async (t) => {
    const login = Client.connect({ ...t.target.login, thumbprint: "AA:BB" });
    expect(await t.error(login)).toMatchObject({ code: "forbidden" });
  },
  "the current session is that of the user": async (t) => {
    const current = await sessionOf(t.client);
    expect(current).toMatchObject({ userName: t.target.login.username, key: expect.any(String) });
  },
  "every login is a session of its own": async (t) => {
    const [one, two] = await Promise.all([sessionOf(t.client), sessionOf(await other(t))]);
    expect(one.key).not.toBe(two.key);
  },
  "a second login in one session is refused": async (t) => {
    const { username: userName, password } = t.target.login;
    const again = t.call(t.manager("sessionManager"), "Login", { userName, password });
    expect(await t.fault(again)).toBe("InvalidLogin");
  },
  "the session list has all sessions": async (t) => {
    const second = await sessionOf(await other(t));
    const list = await t.get<UserSession[]>(t.manager("sessionManager"), "sessionList");
    expect(list.map((session) => session.key)).toContain(second.key);
  },
  "a terminated session is over, and our client gets a new one": async (t) => {
    const second = await other(t);
    const before = await sessionOf(second);
    await t.call(t.manager("sessionManager"), "TerminateSession", { sessionId: [before.key] });
    await retrieveOne(second, t.datacenter, ["name"]);
    expect((await sessionOf(second)).key).not.toBe(before.key);
    expect(second.epoch).toBe(2);
  },
  "terminating a session that is not there is NotFound": async (t) => {
    const gone = t.call(t.manager("sessionManager"), "TerminateSession", {
      sessionId: ["no-such"],
    });
    expect(await t.fault(gone)).toBe("NotFound");
  },
  "a session ends with Logout": async (t) => {
    const second = await Client.connect(t.target.login);
    const { key } = await sessionOf(second);
    await second.close();
    const list = await t.get<UserSession[]>(t.manager("sessionManager"), "sessionList");
    expect(list.map((session) => session.key)).not.toContain(key);
  },
  "SessionIsActive tells a session that lives": {
    vcenter: async (t) => {
      const { key: sessionID, userName } = await sessionOf(t.client);
      const self = t.manager("sessionManager");
      const active = await t.call<boolean>(self, "SessionIsActive", { sessionID, userName });
      expect(active).toBe(true);
    },
  },
  "a clone ticket is good for one session": {
    vcenter: async (t) => {
      const self = t.manager("sessionManager");
      const cloneTicket = await t.call<string>(self, "AcquireCloneTicket");
      const fresh = await other(t);
      await fresh.call(self, "Logout");
      const session = await fresh.call<UserSession>(self, "CloneSession", { cloneTicket });
      expect(session.userName).toBe(t.target.login.username);
      expect(await t.fault(fresh.call(self, "CloneSession", { cloneTicket }))).toBe("InvalidLogin");
    },
  },
  "a ticket for a file URL is given": async (t) => {
    const spec = {
      _type: "SessionManagerHttpServiceRequestSpec",
      method: "httpGet",
      url: `${t.client.url.origin}/folder/x?dcPath=ha-datacenter&dsName=${t.store}`,
    };
    const ticket = await t.call<{ id: string }>(
      t.manager("sessionManager"),
      "AcquireGenericServiceTicket",
      { spec },
    );
    expect(ticket.id).not.toBe("");
  },
  "the clock of the server is right to the minute": async (t) => {
    const now = await t.call<string>(t.client.instance, "CurrentTime");
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  },
  "an object that is not there is ManagedObjectNotFound": async (t) => {
    const gone: MoRef = { type: "VirtualMachine", value: "no-such" };
    expect(await t.fault(t.call(gone, "PowerOnVM_Task"))).toBe("ManagedObjectNotFound");
  },
  "a message of the administrator is a property": async (t) => {
    const self = t.manager("sessionManager");
    t.defer(() => t.call(self, "UpdateServiceMessage", { message: "" }));
    await t.call(self, "UpdateServiceMessage", { message: "down at noon" });
    expect(await t.get<string>(self, "message")).toBe("down at noon");
  },
});

import { fault, invalidArgument } from "../../fault.ts";
import { serviceContent } from "../../inventory/managers.ts";
import { type Call, type Methods, param, sessionOf, userOf } from "../call.ts";
import { ticketUse } from "../tickets.ts";

/** ServiceInstance. */
export const serviceInstance: Methods = {
  RetrieveServiceContent: ({ world }) => serviceContent(world),
  CurrentTime: () => new Date().toISOString(),
};

/** SessionManager. */
export const sessionManager: Methods = {
  Login: async (call) => {
    const { sessions, userAgent } = call;
    if (call.session) throw fault("InvalidLogin", "this session is logged in already");
    const session = await sessions.login(
      param<string>(call, "userName"),
      param<string>(call, "password"),
      userAgent,
    );
    call.startSession(session);
    return session.info();
  },
  Logout: (call) => {
    call.sessions.end(sessionOf(call));
    call.startSession(null);
  },
  SessionIsActive: (call) =>
    call.sessions
      .all()
      .some(
        (s) =>
          s.key === param<string>(call, "sessionID") &&
          s.userName === param<string>(call, "userName"),
      ),
  TerminateSession: (call) => {
    for (const key of param<string[]>(call, "sessionId")) {
      const session = call.sessions.all().find((s) => s.key === key);
      if (!session) throw fault("NotFound", "no such session");
      if (session === call.session) throw invalidArgument("sessionId", "log out instead");
      call.sessions.end(session);
    }
  },
  SetLocale: () => undefined,
  AcquireCloneTicket: (call) => call.sessions.tickets.issue(sessionOf(call), "clone", ""),
  CloneSession: (call) => {
    const user = call.sessions.tickets.redeem(param<string>(call, "cloneTicket"), "clone", "");
    if (user === undefined) throw fault("InvalidLogin", "the ticket is not valid");
    const session = call.sessions.open(user, call.userAgent);
    call.startSession(session);
    return session.info();
  },
  AcquireGenericServiceTicket: (call) => {
    const spec = param<{ _type?: string; method?: string; url?: string }>(call, "spec");
    if (spec._type !== "SessionManagerHttpServiceRequestSpec" || !spec.url) {
      throw invalidArgument("spec", "say the URL and the method of the request");
    }
    const use = ticketUse(spec.method, spec.url);
    const id = call.sessions.tickets.issue(sessionOf(call), "http", use);
    return { id, hostName: call.world.hardware.hostName };
  },
};

/** OptionManager. */
export const optionManager: Methods = {
  QueryOptions: (call) => {
    const name = param<string | undefined>(call, "name");
    const all = call.object.properties["setting"]?.() as { key: string; value: string }[];
    const found = all.filter(({ key }) => !name || key === name || key.startsWith(name));
    if (name && found.length === 0) throw fault("InvalidName", `no option ${name}`, { name });
    return found;
  },
  UpdateOptions: () => {
    throw fault("NotSupported", "vic-host has no options that can be changed");
  },
};

/** UserDirectory. */
export const userDirectory: Methods = {
  RetrieveUserGroups: (call: Call) => {
    const wanted = param<string>(call, "searchStr");
    const user = userOf(call);
    const isMatch = param<boolean>(call, "exactMatch") ? user === wanted : user.includes(wanted);
    return isMatch && param<boolean>(call, "findUsers")
      ? [{ principal: user, fullName: user, group: false }]
      : [];
  },
};

import { fault, invalidArgument } from "../../fault.ts";
import { serviceContent } from "../../inventory/managers.ts";
import { type Call, type Methods, param, sessionOf } from "../call.ts";
import { isTicketUrl, ticketUse } from "../tickets.ts";

/** ServiceInstance. */
export const serviceInstance: Methods = {
  RetrieveServiceContent: ({ world }) => serviceContent(world),
  CurrentTime: () => new Date().toISOString(),
};

/** SessionManager. */
export const sessionManager: Methods = {
  Login: async (call) => {
    const { sessions } = call;
    if (call.session) throw fault("InvalidLogin", "this session is logged in already");
    const locale = checkedLocale(param<string | undefined>(call, "locale"));
    const client = clientOf(call, param<string>(call, "userName"));
    const session = await sessions.login(param<string>(call, "password"), client);
    session.locale = locale;
    call.startSession(session);
    return session.info();
  },
  LoginByToken: () => {
    throw fault("NotSupported", "there is no token service: log in with user name and password");
  },
  LoginExtensionByCertificate: () => {
    throw fault("NotSupported", "extensions log in with user name and password");
  },
  ImpersonateUser: () => {
    throw fault("NotSupported", "a session is for the user who logged in");
  },
  AcquireLocalTicket: () => {
    throw fault("NotSupported", "log in with user name and password");
  },
  Logout: (call) => {
    const session = sessionOf(call);
    call.world.log.add(`logout: ${session.userName} from ${session.address}`);
    call.sessions.events.logout(session);
    call.sessions.end(session);
    call.startSession(null);
  },
  SessionIsActive: (call) => {
    const session = call.sessions.withKey(param<string>(call, "sessionID"));
    return session?.userName === param<string>(call, "userName");
  },
  TerminateSession: (call) => {
    const found = param<string[]>(call, "sessionId").map((key) => {
      const session = call.sessions.withKey(key);
      if (!session) throw fault("NotFound", "no such session");
      if (session === call.session) throw invalidArgument("sessionId", "log out instead");
      return session;
    });
    for (const session of found) {
      call.sessions.events.logout(session);
      call.sessions.end(session);
    }
  },
  SetLocale: (call) => {
    sessionOf(call).locale = checkedLocale(param<string>(call, "locale"));
  },
  UpdateServiceMessage: (call) => {
    call.sessions.message = param<string>(call, "message");
  },
  AcquireCloneTicket: (call) => call.sessions.tickets.issue(sessionOf(call), "clone", ""),
  CloneSession: (call) => {
    const user = call.sessions.tickets.redeem(param<string>(call, "cloneTicket"), "clone", "");
    if (user === undefined) throw fault("InvalidLogin", "the ticket is not valid");
    const session = call.sessions.open(clientOf(call, user));
    call.startSession(session);
    return session.info();
  },
  AcquireGenericServiceTicket: (call) => {
    const spec = param<{ _type?: string; method?: string; url?: string }>(call, "spec");
    const { _type: kind, url = "", method } = spec;
    if (kind !== "SessionManagerHttpServiceRequestSpec" || !isTicketUrl(url)) {
      throw invalidArgument("spec", "say the URL and the method of the request");
    }
    const use = ticketUse(method, url);
    const id = call.sessions.tickets.issue(sessionOf(call), "http", use);
    return { id, hostName: call.world.hardware.hostName };
  },
};

function clientOf(call: Call, userName: string) {
  return { userName, userAgent: call.userAgent, address: call.address };
}

/** Texts are in English whatever a client asks for, but it must be a locale. */
function checkedLocale(locale = "en"): string {
  if (/^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8}){0,3}$/.test(locale)) return locale;
  throw fault("InvalidLocale", `"${locale.slice(0, 40)}" is no locale, such as en_US`);
}

import { fault, invalidArgument } from "../../fault.ts";
import { type Call, type Methods, param, userOf } from "../call.ts";

interface AccountSpec {
  id: string;
  password?: string;
  description?: string;
}

/** HostLocalAccountManager: users and groups of this vic-host. */
export const hostLocalAccountManager: Methods = {
  CreateUser: async (call) => {
    const { id, password, description } = param<AccountSpec>(call, "user");
    if (password === undefined) throw invalidArgument("user.password", "say the password");
    await call.world.access.users.create(id, password, description);
    call.world.log.add(`user ${id} created by ${userOf(call)}`);
  },
  UpdateUser: async (call) => {
    const { id, password, description } = param<AccountSpec>(call, "user");
    await call.world.access.users.update(id, {
      ...(password === undefined ? {} : { password }),
      ...(description === undefined ? {} : { description }),
    });
    call.world.log.add(`user ${id} changed by ${userOf(call)}`);
  },
  RemoveUser: (call) => {
    const name = param<string>(call, "userName");
    const { access } = call.world;
    access.users.get(name);
    if (name === call.world.store.get<string>("setting", "user")) {
      throw fault("SecurityError", `"${name}" is the user of this vic-host's command line`);
    }
    access.removeUser(name);
    call.world.log.add(`user ${name} removed by ${userOf(call)}`);
  },
  ChangePassword: async (call) => {
    const name = param<string>(call, "user");
    const isRight = await call.sessions.credentials.isRight(
      name,
      param<string>(call, "oldPassword"),
    );
    if (!isRight) throw fault("InvalidLogin", "incorrect user name or password");
    await call.world.access.users.update(name, { password: param<string>(call, "newPassword") });
    call.world.log.add(`password of ${name} changed by ${userOf(call)}`);
  },
  CreateGroup: (call) => {
    const { id, description } = param<AccountSpec>(call, "group");
    call.world.access.users.createGroup(id, description);
  },
  RemoveGroup: (call) => {
    call.world.access.removeGroup(param<string>(call, "groupName"));
  },
  AssignUserToGroup: (call) => {
    call.world.access.users.assign(param<string>(call, "user"), param<string>(call, "group"));
    call.world.access.permissions.touch();
  },
  UnassignUserFromGroup: (call) => {
    const { access } = call.world;
    access.change(() =>
      access.users.unassign(param<string>(call, "user"), param<string>(call, "group")),
    );
    access.permissions.touch();
  },
};

/** UserDirectory. */
export const userDirectory: Methods = {
  RetrieveUserGroups: (call) => {
    const { users } = call.world.access;
    const matches = matcher(call);
    const group = param<string | undefined>(call, "belongsToGroup");
    const member = param<string | undefined>(call, "belongsToUser");
    const members = group === undefined ? undefined : users.getGroup(group).members;
    const groups = member === undefined ? undefined : users.groupsOf(users.get(member).name);
    const isFound = (name: string, among: string[] | undefined) =>
      matches(name) && (among === undefined || among.includes(name));
    const foundUsers = param<boolean>(call, "findUsers") && groups === undefined;
    const foundGroups = param<boolean>(call, "findGroups") && members === undefined;
    const show = (isGroup: boolean) => (account: { name: string; description: string }) => ({
      principal: account.name,
      fullName: account.description || account.name,
      group: isGroup,
    });
    return [
      ...(foundUsers ? users.all().filter((u) => isFound(u.name, members)) : []).map(show(false)),
      ...(foundGroups ? users.groups().filter((g) => isFound(g.name, groups)) : []).map(show(true)),
    ];
  },
};

/** An empty search string finds everybody; a domain that is not this one nobody. */
function matcher(call: Call): (name: string) => boolean {
  const domain = param<string | undefined>(call, "domain");
  if (domain !== undefined && domain !== "") {
    throw fault("NotFound", `there is no domain "${domain}": all accounts are local`);
  }
  const wanted = param<string>(call, "searchStr").toLowerCase();
  const isExact = param<boolean>(call, "exactMatch");
  return (name) => (isExact ? name.toLowerCase() === wanted : name.toLowerCase().includes(wanted));
}

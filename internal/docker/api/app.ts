/** The Docker API as one fetch-style app: version prefix, headers, errors, and the routes of every resource. */
import { Hono } from "hono";
import { VicError } from "../../errors/errors.ts";
import type { App, Connection } from "../../http/connection.ts";
import { version } from "../../version/version.ts";
import { apiVersion, apiVersionMin } from "../engine/identity.ts";
import type { Engine } from "../engine/engine.ts";
import { errorResponse, pageNotFound } from "../wire/errors.ts";
import { containerRoutes } from "./containers.ts";
import { execRoutes } from "./exec.ts";
import { fileRoutes } from "./files.ts";
import { imageRoutes } from "./images.ts";
import { networkRoutes } from "./networks.ts";
import { streamRoutes } from "./streams.ts";
import { systemRoutes } from "./system.ts";
import { unsupportedRoutes } from "./unsupported.ts";

/** What handlers get as `c.env`. */
export interface DockerEnv {
  Bindings: {
    connection: Connection;
    /** Minor number of the API version the client speaks; the major is 1. */
    apiMinor: number;
  };
}

const versionPrefix = /^\/v(\d{1,3})\.(\d{1,3})(?=\/)/;
const minorMax = Number(apiVersion.split(".")[1]);
const minorMin = Number(apiVersionMin.split(".")[1]);

/** Options of the app beside its engine. */
export interface AppOptions {
  /** Answer only clients whose certificate was verified. */
  requireClientCert: boolean;
}

/** The whole API. */
export function dockerApp(engine: Engine, options: AppOptions): App {
  const routes = new Hono<DockerEnv>({ getPath: (request) => splitPath(request).path });
  routes.onError((error) => errorResponse(error));
  routes.notFound(() => pageNotFound());
  systemRoutes(routes, engine);
  imageRoutes(routes, engine);
  streamRoutes(routes, engine);
  containerRoutes(routes, engine);
  fileRoutes(routes, engine);
  execRoutes(routes, engine);
  networkRoutes(routes, engine);
  unsupportedRoutes(routes);
  return {
    async fetch(request, connection) {
      if (options.requireClientCert && !connection.isAuthorized) {
        return withHeaders(errorResponse(new VicError("forbidden", "client certificate required")));
      }
      try {
        const apiMinor = checkVersion(splitPath(request).version);
        return withHeaders(await routes.fetch(request, { connection, apiMinor }));
      } catch (error) {
        return withHeaders(errorResponse(error));
      }
    },
  };
}

function splitPath(request: Request): { path: string; version: [string, string] | undefined } {
  const { pathname } = new URL(request.url);
  const match = versionPrefix.exec(pathname);
  if (!match) return { path: pathname, version: undefined };
  return { path: pathname.slice(match[0].length), version: [match[1]!, match[2]!] };
}

/** The minor version, the newest when the path has none. */
function checkVersion(given: [string, string] | undefined): number {
  if (!given) return minorMax;
  const [major, minor] = given.map(Number) as [number, number];
  const text = given.join(".");
  if (major < 1 || (major === 1 && minor < minorMin)) {
    throw new VicError(
      "invalid",
      `client version ${text} is too old. Minimum supported API version is ${apiVersionMin}, ` +
        "please upgrade your client to a newer version",
    );
  }
  if (major > 1 || minor > minorMax) {
    throw new VicError(
      "invalid",
      `client version ${text} is too new. Maximum supported API version is ${apiVersion}`,
    );
  }
  return minor;
}

function withHeaders(response: Response): Response {
  response.headers.set("Api-Version", apiVersion);
  response.headers.set("Docker-Experimental", "false");
  response.headers.set("Ostype", "linux");
  response.headers.set("Server", `Docker/${version} (linux)`);
  return response;
}

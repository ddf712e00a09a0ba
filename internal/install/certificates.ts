/**
 * The certificates of a VCH: found in a folder or made. Nothing is written before {@link writeCertificates}, so a
 * create that fails early leaves nothing; what is written later is undone with the rest.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { VicError } from "../errors/errors.ts";
import {
  checkKeyPair,
  generateCa,
  issue,
  parseCertificate,
  selfSigned,
  splitCertificates,
  type KeyPair,
} from "../pki/pki.ts";
import { readCas, type TlsSettings } from "./settings.ts";

/** Names of the files in a certificate folder. */
export const certFiles = {
  ca: "ca.pem",
  caKey: "ca-key.pem",
  server: "server-cert.pem",
  serverKey: "server-key.pem",
  client: "cert.pem",
  clientKey: "key.pem",
  pfx: "cert.pfx",
} as const;

/** A file to be written. */
export interface NewFile {
  path: string;
  content: string;
  mode: number;
}

/** What a VCH is protected with. */
export interface Certificates {
  dir: string;
  /** Undefined with --no-tls. */
  server: KeyPair | undefined;
  /** Who may sign client certificates (PEM); "" when none is asked for. */
  clientCaPem: string;
  /** CA a client checks the server with; undefined when it cannot. */
  serverCaPem: string | undefined;
  /** A client certificate of our own, to try the Docker API with. */
  client: KeyPair | undefined;
  /** What was generated, for {@link writeCertificates}. */
  files: NewFile[];
}

/** Told what was found and made. */
export interface CertificateLog {
  info(line: string): void;
  warn(line: string): void;
}

const certMode = 0o644;
const keyMode = 0o600;

/** Finds or makes what the settings ask for. With `force` files that cannot be used are replaced. */
export async function prepareCertificates(
  tls: TlsSettings,
  force: boolean,
  log: CertificateLog,
): Promise<Certificates> {
  const { dir } = tls;
  const nothing = { dir, serverCaPem: undefined, client: undefined, clientCaPem: "", files: [] };
  if (tls.mode === "none") return { ...nothing, server: undefined };
  const found = new Found(tls, force, log);
  const server = found.server();
  if (tls.mode === "server") {
    if (server) return { ...nothing, server };
    found.expectRoom();
    log.info(
      `Generating self-signed certificate/key pair - private key in ${join(dir, certFiles.serverKey)}`,
    );
    const made = await selfSigned({ ...leaf(tls), usage: "server" });
    return { ...nothing, server: made, files: serverFiles(dir, made) };
  }
  return prepareMutual(tls, found, server, log);
}

async function prepareMutual(
  tls: TlsSettings,
  found: Found,
  foundServer: KeyPair | undefined,
  log: CertificateLog,
): Promise<Certificates> {
  const { dir } = tls;
  const givenCas = found.givenCas();
  const ca = found.ca();
  const foundClient = found.client();
  const needsClient = !foundClient && givenCas === "";
  const files: NewFile[] = [];
  let signer = ca?.keyPem === undefined ? undefined : { certPem: ca.certPem, keyPem: ca.keyPem };
  if (!foundServer || needsClient) {
    if (!foundServer) expectCname(tls);
    found.expectRoom();
    if (!signer) {
      if (ca) throw noCaKey(dir);
      log.info(`Generating CA certificate/key pair - private key in ${join(dir, certFiles.caKey)}`);
      signer = await generateCa({ organization: tls.organization, key: { rsaBits: tls.rsaBits } });
      files.push(
        { path: join(dir, certFiles.ca), content: signer.certPem, mode: certMode },
        { path: join(dir, certFiles.caKey), content: signer.keyPem, mode: keyMode },
      );
    }
  }
  let server = foundServer;
  if (!server) {
    log.info(
      `Generating server certificate/key pair - private key in ${join(dir, certFiles.serverKey)}`,
    );
    server = await issue(signer!, { ...leaf(tls), usage: "server" });
    files.push(...serverFiles(dir, server));
  }
  let client = foundClient;
  if (needsClient) {
    log.info(
      `Generating client certificate/key pair - private key in ${join(dir, certFiles.clientKey)}`,
    );
    client = await issue(signer!, { ...leaf(tls), commonName: "", sans: [], usage: "client" });
    files.push(
      { path: join(dir, certFiles.client), content: client.certPem, mode: certMode },
      { path: join(dir, certFiles.clientKey), content: client.keyPem, mode: keyMode },
    );
  }
  const ownCa = signer?.certPem ?? ca?.certPem;
  return {
    dir,
    server,
    client,
    clientCaPem: givenCas || ownCa || "",
    serverCaPem: ownCa,
    files,
  };
}

const leaf = (tls: TlsSettings) => ({
  organization: tls.organization,
  ...(tls.cname === "" ? {} : { commonName: tls.cname }),
  sans: tls.cname === "" ? [] : [tls.cname],
  key: { rsaBits: tls.rsaBits },
});

const serverFiles = (dir: string, pair: KeyPair): NewFile[] => [
  { path: join(dir, certFiles.server), content: pair.certPem, mode: certMode },
  { path: join(dir, certFiles.serverKey), content: pair.keyPem, mode: keyMode },
];

function expectCname(tls: TlsSettings): void {
  if (tls.cname !== "") return;
  throw new VicError(
    "invalid",
    "Common Name must be provided when generating certificates for client authentication:\n" +
      "  - --tls-cname=<FQDN or static IP> of the VCH\n" +
      "  - --tls-cname=<*.domain> when its name is not known yet\n" +
      "  - --no-tlsverify disables client authentication (the connection stays encrypted)\n" +
      "  - --no-tls disables TLS altogether",
  );
}

function noCaKey(dir: string): VicError {
  return new VicError("invalid", `${join(dir, certFiles.ca)} is there without ${certFiles.caKey}`, {
    hint: "what is missing cannot be signed: add the key, or name another --tls-cert-path",
  });
}

/** What lies in the certificate folder, or was named. */
class Found {
  readonly #tls: TlsSettings;
  readonly #force: boolean;
  readonly #log: CertificateLog;
  #isReused = false;

  constructor(tls: TlsSettings, force: boolean, log: CertificateLog) {
    this.#tls = tls;
    this.#force = force;
    this.#log = log;
  }

  server(): KeyPair | undefined {
    const { dir, serverCert, serverKey, cname } = this.#tls;
    const isGiven = serverCert !== undefined && serverKey !== undefined;
    const certPath = serverCert ?? join(dir, certFiles.server);
    const keyPath = serverKey ?? join(dir, certFiles.serverKey);
    if (!isGiven && !existsSync(certPath) && !existsSync(keyPath)) return undefined;
    return this.#load(certPath, () => {
      const pair = readPair(certPath, keyPath);
      if (cname !== "" && !isGiven) expectName(pair.certPem, cname);
      this.#log.info(`Loaded server certificate ${certPath}`);
      this.#isReused ||= !isGiven;
      return pair;
    });
  }

  /** The CAs of --tls-ca as one PEM text, "" without that flag. */
  givenCas(): string {
    return this.#tls.clientCas
      .flatMap((path) => readCas("tls-ca", path))
      .map((pem) => `${pem}\n`)
      .join("");
  }

  ca(): { certPem: string; keyPem: string | undefined } | undefined {
    const path = join(this.#tls.dir, certFiles.ca);
    const keyPath = join(this.#tls.dir, certFiles.caKey);
    if (!existsSync(path)) {
      if (existsSync(this.#tls.dir)) this.#log.info("Unable to locate existing CA in cert path");
      return undefined;
    }
    return this.#load(path, () => {
      const certPem = read(path);
      if (splitCertificates(certPem).length === 0) {
        throw new VicError("invalid", `${path} holds no certificate in PEM form`);
      }
      expectValid(path, certPem);
      const keyPem = existsSync(keyPath) ? read(keyPath) : undefined;
      if (keyPem !== undefined) checkKeyPair({ certPem, keyPem });
      this.#log.info("Loaded CA with default name from certificate path");
      this.#isReused = true;
      return { certPem, keyPem };
    });
  }

  client(): KeyPair | undefined {
    const certPath = join(this.#tls.dir, certFiles.client);
    const keyPath = join(this.#tls.dir, certFiles.clientKey);
    if (!existsSync(certPath) && !existsSync(keyPath)) return undefined;
    return this.#load(certPath, () => {
      const pair = readPair(certPath, keyPath);
      this.#log.info("Loaded client certificate with default name from certificate path");
      this.#isReused = true;
      return pair;
    });
  }

  /** Throws when files would be written among strange ones. */
  expectRoom(): void {
    const { dir } = this.#tls;
    if (!existsSync(dir) || this.#isReused) return;
    if (!statSync(dir).isDirectory()) {
      throw new VicError("invalid", `${dir} is not a folder`, {
        hint: "certificates are kept there: name another one with --tls-cert-path",
      });
    }
    if (readdirSync(dir).length === 0 || this.#force) return;
    throw new VicError(
      "invalid",
      `Specified directory to store certificates is not empty: ${dir}`,
      { hint: "name another one with --tls-cert-path, or empty it" },
    );
  }

  #load<T>(path: string, load: () => T): T | undefined {
    try {
      return load();
    } catch (error) {
      const problem = VicError.from(error);
      const text = problem.message.includes(path) ? problem.message : `${path}: ${problem.message}`;
      if (!this.#force) {
        throw new VicError("invalid", text, {
          hint: problem.hint ?? "--force replaces it",
          cause: error,
        });
      }
      this.#log.warn(`${text}; it is replaced`);
      return undefined;
    }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new VicError("invalid", `${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function readPair(certPath: string, keyPath: string): KeyPair {
  const pair = { certPem: read(certPath), keyPem: read(keyPath) };
  checkKeyPair(pair);
  expectValid(certPath, pair.certPem);
  return pair;
}

function expectValid(path: string, pem: string): void {
  const { validTo } = parseCertificate(pem);
  if (new Date(validTo).getTime() > Date.now()) return;
  throw new VicError("invalid", `${path} has expired on ${validTo}`);
}

function expectName(pem: string, cname: string): void {
  const cert = parseCertificate(pem);
  const commonName = /^CN=(.*)$/m.exec(cert.subject)?.[1];
  const isNamed = isIP(cname) ? cert.checkIP(cname) : cert.checkHost(cname);
  if (commonName === cname || isNamed) return;
  throw new VicError(
    "invalid",
    "cname option doesn't match existing server certificate in certificate path",
    { hint: "name another --tls-cert-path, or leave --tls-cname out" },
  );
}

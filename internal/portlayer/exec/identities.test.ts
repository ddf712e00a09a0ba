import { expect, test } from "bun:test";
import { generateCa, parseCertificate } from "../../pki/pki.ts";
import { Identities } from "./identities.ts";

const ca = await generateCa({ organization: ["vch"] });

test("each is new, named by its certificate and issued by the CA", async () => {
  const identities = new Identities(ca);
  const [one, two] = [await identities.take(), await identities.take()];
  expect(one.name).not.toBe(two.name);
  for (const { name, secret } of [one, two]) {
    const certificate = parseCertificate(secret.certPem);
    expect(certificate.subject).toContain(`CN=${name}`);
    expect(certificate.verify(parseCertificate(ca.certPem).publicKey)).toBe(true);
    expect(secret.caPem).toBe(ca.certPem);
  }
});

test("some are made ahead, and what is taken is made anew", async () => {
  const identities = new Identities(ca, 0);
  const filled = async () => {
    while (identities.ready < 8) await new Promise(setImmediate);
  };
  await filled();
  const names = new Set<string>();
  for (let i = 0; i < 12; i++) names.add((await identities.take()).name);
  expect(names.size).toBe(12);
  await filled();
  expect(identities.ready).toBe(8);
});

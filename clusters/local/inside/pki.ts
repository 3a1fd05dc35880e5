import 'reflect-metadata';
import { generateKeyPairSync, type webcrypto } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const lifeMs = 365 * 24 * 3600 * 1000;
/** So that a clock set back a little does not refuse what was just made. */
const backdateMs = 3600 * 1000;

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Whom a certificate speaks for: a client by name and group, a server by what it is reached as. */
export interface Subject {
  readonly name: string;
  readonly group?: string;
  readonly addresses?: readonly string[];
  readonly hosts?: readonly string[];
}

/** A certificate authority of one cluster. */
export interface Authority {
  readonly certificate: string;
  issue(subject: Subject): Promise<Identity>;
}

const pemOfKey = async (key: webcrypto.CryptoKey): Promise<string> =>
  PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

const validity = () => ({
  notBefore: new Date(Date.now() - backdateMs),
  notAfter: new Date(Date.now() + lifeMs),
});

const serialNumber = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString('hex');

/** Makes a new authority; its key never leaves this process. */
export async function createAuthority(name: string): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const subject = [{ CN: [name] }];
  const root = await X509CertificateGenerator.createSelfSigned({
    name: subject,
    serialNumber: serialNumber(),
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    certificate: root.toString('pem'),
    issue: async ({ name: CN, group, addresses = [], hosts = [] }) => {
      const own = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
      const names = [
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
        ...hosts.map((value) => ({ type: 'dns' as const, value })),
      ];
      const certificate = await X509CertificateGenerator.create({
        subject: [...(group === undefined ? [] : [{ O: [group] }]), { CN: [CN] }],
        issuer: subject,
        serialNumber: serialNumber(),
        ...validity(),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([names.length > 0 ? ExtendedKeyUsage.serverAuth : ExtendedKeyUsage.clientAuth]),
          ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
        ],
      });
      return { certificate: certificate.toString('pem'), key: await pemOfKey(own.privateKey) };
    },
  };
}

/** The private key that signs ServiceAccount tokens, in the one PEM form that Kubernetes reads a public key from as well. */
export const createTokenKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'sec1' }).toString();

/** Paths of an identity on disk. */
export interface IdentityFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Writes an identity into `folder`, readable by its owner only. */
export async function writeIdentity(folder: string, name: string, identity: Identity): Promise<IdentityFiles> {
  const files = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(files.certificate, identity.certificate);
  await writeFile(files.key, identity.key, { mode: 0o600 });
  return files;
}

import type { KubernetesObject } from '../../model/kubernetes.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const hourMs = 3_600_000;

/** A Secret with a key and a certificate that it has signed itself, for these hosts: the same for controller and back-ends. */
export async function tlsSecret(name: string, hosts: readonly string[]): Promise<KubernetesObject> {
  // Loaded only here: it is half of all that a command would load, and most need no certificate.
  await import('reflect-metadata');
  const { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } = await import('@peculiar/x509');
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [hosts[0] ?? name] }],
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString('hex'),
    notBefore: new Date(Date.now() - hourMs),
    notAfter: new Date(Date.now() + 30 * 24 * hourMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))],
  });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name },
    stringData: {
      'tls.crt': certificate.toString('pem'),
      'tls.key': PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    },
  };
}

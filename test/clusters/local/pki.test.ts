import { createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { createAuthority, createTokenKey } from '../../../clusters/local/inside/pki.ts';

describe('the certificates of a local cluster', () => {
  it('are signed by their authority and by no other of the same name', async () => {
    const [one, two] = await Promise.all([createAuthority('same'), createAuthority('same')]);
    const { certificate } = await one.issue({ name: 'admin', group: 'system:masters' });
    const issued = new X509Certificate(certificate);
    expect(issued.verify(new X509Certificate(one.certificate).publicKey)).to.equal(true);
    expect(issued.verify(new X509Certificate(two.certificate).publicKey)).to.equal(false);
  });

  it('name a client and its group, a server and what it is reached as', async () => {
    const authority = await createAuthority('test');
    const client = new X509Certificate(
      (await authority.issue({ name: 'system:node:a', group: 'system:nodes' })).certificate,
    );
    expect(client.subject.split('\n')).to.have.members(['O=system:nodes', 'CN=system:node:a']);
    const server = await authority.issue({ name: 's', addresses: ['127.0.0.1'], hosts: ['localhost'] });
    const certificate = new X509Certificate(server.certificate);
    expect(certificate.checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(certificate.checkHost('localhost')).to.equal('localhost');
    expect(certificate.checkHost('other')).to.equal(undefined);
  });

  it('cannot sign others, and are valid for a clock that is an hour late', async () => {
    const authority = await createAuthority('test');
    const issued = new X509Certificate((await authority.issue({ name: 'a' })).certificate);
    expect(new X509Certificate(authority.certificate).ca).to.equal(true);
    expect(issued.ca).to.equal(false);
    expect(Date.parse(issued.validFrom)).to.be.at.most(Date.now() - 3_590_000);
  });

  it('come with a key for tokens whose public half can be read from it', () => {
    const key = createTokenKey();
    expect(key).to.match(/^-----BEGIN EC PRIVATE KEY-----/);
    const signature = sign('sha256', Buffer.from('token'), key);
    expect(verify('sha256', Buffer.from('token'), createPublicKey(key), signature)).to.equal(true);
  });
});

import { defineProgram } from '../src/model/program.ts';

/** kube-proxy's nftables mode asks for 1.0.1; which version a Debian package brings is its release's choice. */
export default defineProgram({
  name: 'nft',
  summary: "kube-proxy writes a local cluster's Services with it",
  version: '1.0.1',
  probe: { args: ['--version'], pattern: /nftables v(\S+)/ },
  sources: [{ kind: 'path' }, { kind: 'deb', packages: ['nftables'], member: 'usr/sbin/nft' }],
});

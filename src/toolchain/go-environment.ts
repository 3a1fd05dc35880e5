import { goArch } from './source-key.ts';

/**
 * The environment of a Go build that comes out the same whatever the user has set: proxies, credentials and caches stay
 * theirs; what changes the outcome does not. A value is given rather than taken away where `go env -w` would step in.
 */
export function goEnvironment(env: NodeJS.ProcessEnv, temporaryFolder: string): NodeJS.ProcessEnv {
  const { GOEXPERIMENT, GOAMD64, GOARM64, GODEBUG, GOROOT, GOBIN, ...kept } = env;
  return {
    ...kept,
    CGO_ENABLED: '0',
    GO111MODULE: 'on',
    GOARCH: goArch(),
    GOFLAGS: '-mod=readonly -buildvcs=false', // git refuses a tree that belongs to somebody else
    GOOS: process.platform,
    GOTMPDIR: temporaryFolder,
    GOTOOLCHAIN: 'auto', // a Go older than go.mod asks for fetches the one it needs, verified like any module
    GOWORK: 'off',
  };
}

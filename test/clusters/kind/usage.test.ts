import { expect } from 'chai';
import { usageIn } from '../../../clusters/kind/usage.ts';

const pod = { uid: '1f0c', namespace: 'shop', name: 'web' };

// As the kernel writes them; a cgroup of a node is not to be had without one.
const second = `pod 9a9a
512.24 1000.49
usage_usec 1000000
inactive_file 0
current 1048576
pod 1f0c
512.25 1000.50
usage_usec 2500000
user_usec 2000000
system_usec 500000
anon 1000
inactive_file 4096
current 1052672
`;
const first = `pod 1f0c
512.25 1000.50
2500000000
inactive_file 1
total_inactive_file 4096
current 1052672
`;

describe('what the cgroup of a pod on kind says', () => {
  it('is read of the pod that is meant, in either version, without pages that nobody has asked for of late', () => {
    for (const said of [second, first])
      expect(usageIn(said, pod)).to.deep.equal({ upMs: 512_250, cpuSeconds: 2.5, memoryBytes: 1_048_576 });
  });

  it('is an error that names the pod where its node shows none', () => {
    expect(() => usageIn('pod 1f0c\n', pod)).to.throw('what pod shop/web uses cannot be seen');
  });
});

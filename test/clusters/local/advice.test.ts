import { expect } from 'chai';
import { adviceOn } from '../../../clusters/local/inside/advice.ts';

describe('what to do about a component that ended', () => {
  it('is to raise the limit on inotify instances where a kubelet could have none', () => {
    const said =
      'E1127 02:09:45.924598     148 kubelet.go:1833] "Failed to start cAdvisor" err="inotify_init: too many open files"';
    expect(adviceOn(said, 'read its log')).to.contain('sysctl fs.inotify.max_user_instances');
  });

  it('is to read its log where nothing better is known', () => {
    expect(adviceOn('panic: oh', 'read its log')).to.equal('read its log');
  });
});

import { expect } from 'chai';
import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';
import { AssayError } from '../../src/model/errors.ts';

const name = 'deploy-bad-image';
const image = 'jonlangemak/no-such-image:never';

export default defineCheck({
  id: 'tutorial/bad-image-is-named',
  title: 'a pod whose image does not exist is diagnosed by name, not by a time-out',
  level: 'convention',
  requirement: tutorial(
    'A reader: “I keep getting ‘ImagePullBackOff’ when created image net_tools”. Another: “ImagePullBackOff typically happens if the image reference is invalid”.',
  ),
  after: 'backends',
  apart: true,
  async run(kit) {
    const labels = { app: name };
    await kit.kube.apply([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: kit.namespace },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
        },
      },
    ]);
    try {
      const thrown = await kit.kube.rollout(kit.namespace, [name]).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(thrown, 'the rollout must fail').to.be.instanceOf(AssayError);
      const { code, message } = thrown as AssayError;
      if (!['pod-cannot-start', 'rollout-timeout'].includes(code)) throw thrown; // it says nothing of the pod: the API is gone
      expect(message).to.match(/ImagePullBackOff|ErrImagePull/);
      expect(message).to.include(image);
      expect(message).to.include(name);
      kit.record('diagnosis', message);
    } finally {
      await kit.kube.remove([{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: kit.namespace, name }]);
    }
  },
});

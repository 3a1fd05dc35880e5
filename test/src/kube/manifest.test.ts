import { expect } from 'chai';
import { parseManifest, readManifest } from '../../../src/kube/manifest.ts';
import { AssayError } from '../../../src/model/errors.ts';

const message = (text: string): string => {
  try {
    parseManifest(text, 'a.yaml');
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(AssayError).with.property('code', 'manifest-invalid');
    return (thrown as AssayError).message;
  }
  throw new Error('it parses');
};
const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('a manifest', () => {
  it('is several documents, of which empty ones and mere comments do not count', () => {
    const objects = parseManifest(`# a\n---\n${object}---\n---\n${object.replace('name: a', 'name: b')}`, 'a.yaml');
    expect(objects.map(({ metadata }) => metadata.name)).to.deep.equal(['a', 'b']);
  });

  it('names file and line of what does not parse, also in a later document', () => {
    expect(message(`${object}---\nkind: [a\nb: c\n`)).to.match(/^a\.yaml:[67]: /);
    expect(message('a: b: c\n')).to.match(/^a\.yaml:1: /);
    expect(message('a: 1\na: 2\n')).to.match(/^a\.yaml:2: Map keys must be unique/);
  });

  it('names file, line and what is lacking of what is no Kubernetes object', () => {
    expect(message(`${object}---\nkind: Service\n`)).to.equal(
      'a.yaml:6: not a Kubernetes object: no apiVersion, no metadata.name',
    );
    expect(message('just text\n')).to.equal(
      'a.yaml:1: not a Kubernetes object: no apiVersion, no kind, no metadata.name',
    );
  });

  it('names a file that is not there', async () => {
    const thrown = await readManifest('/no/such/file.yaml').catch((error) => error);
    expect(thrown.code).to.equal('manifest-unreadable');
    expect(thrown.message).to.contain('/no/such/file.yaml');
  });
});

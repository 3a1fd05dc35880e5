import { expect } from 'chai';
import { suspendCommands } from '../../../src/cli/github.ts';

/** What is printed around a text that a controller wrote. */
function printed(env: NodeJS.ProcessEnv): string {
  const parts: string[] = [];
  const output = { write: (text: string | Uint8Array) => parts.push(String(text)) > 0 };
  const commands = suspendCommands(output, env);
  output.write('::add-mask::a\n');
  commands[Symbol.dispose]();
  commands[Symbol.dispose]();
  return parts.join('');
}

describe('commands to a runner of GitHub Actions', () => {
  it('are none while text from outside is printed, by a word that nobody can guess', () => {
    const [, token, end] =
      /^::stop-commands::(\S{36})\n::add-mask::a\n::(\S+)::\n$/.exec(printed({ GITHUB_ACTIONS: 'true' })) ?? [];
    expect(token).to.match(/\S/).and.to.equal(end);
    expect(printed({ GITHUB_ACTIONS: 'true' })).to.not.contain(token);
  });

  it('are not suspended elsewhere', () => {
    expect(printed({})).to.equal('::add-mask::a\n');
  });
});

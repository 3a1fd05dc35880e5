import { useState } from 'preact/hooks';
import type { ProbeRecord } from '../../../../src/model/probe.ts';
import type { CheckReport } from '../../../../src/model/report.ts';
import { figure } from '../number.ts';
import { Block, Line } from '../text.tsx';

type Probe = NonNullable<Extract<CheckReport['verdict'], { kind: 'failed' }>['failure']['probe']>;

/** The bytes of a request as the agent writes them: nothing is added that is not in the record. */
export function requestBytes({ request }: Pick<ProbeRecord | Probe, 'request'>): string {
  const { method = 'GET', path = '/', version = '1.1', host, headers = [], body = '' } = request;
  const lines = [
    `${method} ${path} HTTP/${version}`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** The answer as it came, head and body, or what came of it. */
function answerBytes(outcome: Probe['outcome']): string {
  if (outcome.kind === 'failed') return outcome.received ?? '';
  const head = outcome.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${outcome.status} ${outcome.reason}\r\n${head}\r\n${outcome.body}`;
}

const row = (bytes: readonly number[], offset: number): string => {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const text = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
  return `${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${text}`;
};

/** Bytes (as latin1) sixteen to a line, as `xxd` shows them; what is no byte is shown by its UTF-8. */
export function hexDump(text: string, mostBytes = 16_384): string {
  const isBytes = /^[\u0000-\u00ff]*$/.test(text);
  const bytes = isBytes
    ? Array.from(text.slice(0, mostBytes), (character) => character.charCodeAt(0))
    : [...new TextEncoder().encode(text.slice(0, mostBytes))];
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) lines.push(row(bytes.slice(offset, offset + 16), offset));
  if (text.length > mostBytes) lines.push(`… ${text.length - mostBytes} more bytes: in report.json`);
  return lines.join('\n');
}

/** Bytes for a person: carriage returns shown, since they are what tells one malformed head from another. */
const asText = (bytes: string): string => bytes.replace(/\r\n/g, '\\r\\n\n');

function Bytes({ title, bytes, hex }: { readonly title: string; readonly bytes: string; readonly hex: boolean }) {
  return (
    <div>
      <h4>{title}</h4>
      {bytes === '' ? (
        <p class="empty">nothing</p>
      ) : (
        <Block text={hex ? hexDump(bytes) : asText(bytes)} label={title} />
      )}
    </div>
  );
}

/** The exchange that decided a check: what was sent, what the pod got, what came back. */
export function Exchange({ probe }: { readonly probe: Probe }) {
  const [hex, setHex] = useState(false);
  const { outcome, request, vantage, durationMs, localAddress } = probe;
  const servedBy = outcome.kind === 'answered' ? outcome.servedBy : undefined;
  return (
    <section class="exchange">
      <h3>The exchange that decided it</h3>
      <p class="told">
        From <Line text={vantage} />
        {localAddress && (
          <>
            {' ('}
            <Line text={localAddress} />
            {')'}
          </>
        )}{' '}
        to <Line text={`${request.address}:${request.port}`} />, {figure(durationMs)} ms
        {servedBy && (
          <>
            , answered by pod <Line text={servedBy.pod} /> (<Line text={servedBy.podAddress} />
            ), which saw the peer <Line text={servedBy.peerAddress} />
          </>
        )}
        {outcome.kind === 'failed' && (
          <>
            {' '}
            – {outcome.cause}: <Line text={outcome.message} />
          </>
        )}
        .{' '}
        <button type="button" class="quiet" aria-pressed={hex} onClick={() => setHex(!hex)}>
          Hexadecimal
        </button>
      </p>
      <div class="bytes">
        <Bytes title="Sent" bytes={requestBytes(probe)} hex={hex} />
        {servedBy && (
          <Bytes title={`As the pod got it (${servedBy.headBytes} bytes)`} bytes={servedBy.head} hex={hex} />
        )}
        <Bytes title="Came back" bytes={answerBytes(outcome)} hex={hex} />
      </div>
    </section>
  );
}

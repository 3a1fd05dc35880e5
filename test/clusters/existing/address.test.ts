import { expect } from 'chai';
import { parseAddress } from '../../../clusters/existing/address.ts';
import { AssayError } from '../../../src/model/errors.ts';

describe('--address', () => {
  it('is a host, with its port or without', () => {
    expect(parseAddress('192.0.2.10')).to.deep.equal({ host: '192.0.2.10' });
    expect(parseAddress('lb.example.com:8080')).to.deep.equal({ host: 'lb.example.com', port: 8080 });
    expect(parseAddress('[2001:db8::1]:80')).to.deep.equal({ host: '2001:db8::1', port: 80 });
  });

  for (const wrong of ['', ':80', 'http://lb.example.com', 'lb:0', 'lb:65536', 'lb:http', '2001:db8::1'])
    it(`is not "${wrong}"`, () => {
      expect(() => parseAddress(wrong)).to.throw(AssayError, 'no host, nor host:port');
    });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loopback, plainAddress, readNetworks, readerAddress, readerKey } from './addresses.ts';

const networks = (...texts: string[]) => {
  const read = readNetworks(texts);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};
const none = networks();
const proxies = networks('127.0.0.1', '10.0.0.0/8');

describe('networks', () => {
  it('hold the addresses within their bits, of both families', () => {
    const own = networks('10.1.0.0/16', '2001:db8::/32', '192.0.2.7');
    expect(['10.1.2.3', '2001:db8::9', '192.0.2.7', '::ffff:10.1.2.3'].map(own.has)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['10.2.0.1', '2001:db9::', '192.0.2.8', 'x', ''].map(own.has)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('a slip of the pen never opens more than was meant', () => {
    for (const text of ['10.0.0.0/', '10.0.0.0/8/9', '10.0.0.0/1e1', '10.0.0.0/33', '::/129', '']) {
      expect(readNetworks([text]), text).toMatchObject({
        ok: false,
        refusal: { code: 'http.bad-network' },
      });
    }
    for (const text of ['10.0.0.0/ 8', '10.0.0.0/0x8', '10.0.0.0/-1', 'localhost']) {
      expect(readNetworks([text]).ok, text).toBe(false);
    }
  });

  it('loopback is loopback in every way of writing it', () => {
    const own = networks(...loopback);
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].every(own.has)).toBe(true);
    expect(own.has('128.0.0.1')).toBe(false);
  });
});

describe('the address of a reader', () => {
  it('is the socket’s, whatever a stranger writes into the header', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (socket, header) => {
        expect(readerAddress(socket, header, none)).toBe(socket);
      }),
    );
  });

  it('is what the nearest trusted proxy saw, never what stands left of it', () => {
    const header = '127.0.0.1, 198.51.100.9, 203.0.113.5, 10.0.0.7';
    expect(readerAddress('127.0.0.1', header, proxies)).toBe('203.0.113.5');
    expect(readerAddress('203.0.113.1', header, proxies)).toBe('203.0.113.1');
  });

  it('is read with port, brackets and zone', () => {
    for (const [hop, address] of [
      ['203.0.113.5:4711', '203.0.113.5'],
      ['[2001:DB8::1]:443', '2001:db8::1'],
      ['fe80::1%eth0', 'fe80::1'],
    ] as const) {
      expect(readerAddress('127.0.0.1', hop, proxies), hop).toBe(address);
    }
  });

  it('is unknown when the proxy wrote no address, and not the proxy’s own', () => {
    expect(readerAddress('127.0.0.1', 'unknown', proxies)).toBe(null);
    expect(readerAddress('127.0.0.1', '203.0.113.5, _hidden', proxies)).toBe(null);
    expect(readerAddress(null, '203.0.113.5', proxies)).toBe(null);
  });

  it('a trusted proxy that asks for itself is itself', () => {
    expect(readerAddress('127.0.0.1', null, proxies)).toBe('127.0.0.1');
  });
});

describe('one reader', () => {
  it('is an IPv4 address, or the /64 of an IPv6 one however it is written', () => {
    expect(readerKey('192.0.2.1')).toBe('192.0.2.1');
    const same = ['2001:db8::1', '2001:0DB8:0:0:ffff::2', '2001:db8:0:0:1:2:3:4'].map(readerKey);
    expect(new Set(same)).toEqual(new Set(['2001:db8:0:0']));
    expect(readerKey('2001:db8:0:1::1')).not.toBe('2001:db8:0:0');
  });

  it('any two addresses of one /64 are one, of two are two', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const half = fc.array(group, { minLength: 4, maxLength: 4 });
    const text = (groups: number[]) => groups.map((value) => value.toString(16)).join(':');
    fc.assert(
      fc.property(half, half, half, half, (a, b, x, y) => {
        const left = readerKey(plainAddress(text([...a, ...x])));
        const right = readerKey(plainAddress(text([...b, ...y])));
        expect(left === right).toBe(text(a) === text(b));
        expect(readerKey(text([...a, ...y]))).toBe(left);
      }),
    );
  });
});

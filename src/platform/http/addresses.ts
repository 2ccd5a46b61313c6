/** Who is at the other end: the socket's address, or the one a trusted proxy vouches for. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type Result, ok, refuse } from '../../kernel/result.ts';

/** A set of networks. */
export type Networks = { readonly has: (address: string) => boolean };

/** Loopback of both families. */
export const loopback: readonly string[] = ['127.0.0.0/8', '::1/128'];

/**
 * An address as it is compared: IPv4 written inside IPv6 (`::ffff:10.0.0.1`) is IPv4; a zone (`%eth0`),
 * brackets and the port some proxies add (`10.0.0.1:443`, `[::1]:443`) say nothing here.
 */
export function plainAddress(text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\](?::\d{1,5})?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/, '$1')
    .replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  return mapped?.[1] ?? bare;
}

/** Reads networks written `10.0.0.0/8`, `::1/128` or as single addresses. Refuses `http.bad-network`. */
export function readNetworks(texts: readonly string[]): Result<Networks> {
  const list = new BlockList();
  for (const text of texts) {
    const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (version === 0 || length > most) {
      return refuse('http.bad-network', { text });
    }
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
  }
  return ok({
    has: (text) => {
      const address = plainAddress(text);
      const version = isIP(address);
      return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
    },
  });
}

/**
 * Address of the reader. `forwarded` (X-Forwarded-For) counts only as far as trusted proxies wrote it:
 * read from the right, the first address that is no trusted proxy is the reader's. `null` when unknown:
 * there is no socket, or a trusted proxy wrote something that is no address.
 */
export function readerAddress(
  socket: string | null,
  forwarded: string | null,
  trusted: Networks,
): string | null {
  if (socket === null) return null;
  let current = plainAddress(socket);
  const hops = (forwarded ?? '').split(',').map(plainAddress).filter(Boolean).slice(-20);
  while (trusted.has(current)) {
    const next = hops.pop();
    if (next === undefined) break;
    if (isIP(next) === 0) return null;
    current = next;
  }
  return current;
}

/** What is counted as one reader: an IPv4 address, or the /64 an IPv6 connection is given. */
export function readerKey(address: string): string {
  if (isIPv4(address)) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const groups = (text: string) => text.split(':').filter(Boolean).map(bareGroup);
  const left = groups(head);
  const right = groups(tail);
  const missing = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array<string>(missing).fill('0'), ...right].slice(0, 4).join(':');
}

/** A group of an IPv6 address without leading noughts: `0db8` and `db8` are one. */
const bareGroup = (group: string) => group.replace(/^0+(?=.)/, '');

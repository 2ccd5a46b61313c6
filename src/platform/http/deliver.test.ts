import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, dayOf, endOfDay, instantFromMs, instantMs } from '../../kernel/day.ts';
import { deliver, freshSeconds, matchesEtag, takesGzip } from './deliver.ts';
import { type CacheRule, jsonReply } from './reply.ts';

const noon = '2026-06-01T04:00:00.000Z' as Instant;
const asking = (headers: Record<string, string> = {}) => ({ headers: new Headers(headers) });
const reply = (cache: CacheRule, status = 200) =>
  jsonReply({ asOf: '2026-06-01', text: '样例'.repeat(600) }, { cache, status });

describe('how long a page may be kept', () => {
  it('is a minute at noon, and what is left of the day before midnight in UTC+8', () => {
    const at = (text: string) => freshSeconds({ made: text as Instant, now: text as Instant });
    expect(at('2026-06-01T04:00:00.000Z')).toBe(60);
    expect(at('2026-06-01T15:59:30.000Z')).toBe(30);
    expect(at('2026-06-01T15:59:59.500Z')).toBe(0);
    expect(at('2026-06-01T16:00:00.000Z')).toBe(60);
  });

  it('is nothing for a page begun before midnight and sent after it', () => {
    const made = '2026-06-01T15:59:59.999Z' as Instant;
    expect(freshSeconds({ made, now: '2026-06-01T16:00:00.500Z' as Instant })).toBe(0);
  });

  it('never reaches beyond the day for which it was worked out', () => {
    const ms = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });
    fc.assert(
      fc.property(ms, fc.integer({ min: 0, max: 100_000 }), (start, took) => {
        const made = instantFromMs(start);
        const now = instantFromMs(start + took);
        const until = start + took + freshSeconds({ made, now }) * 1000;
        // Either it may not be kept at all, or what is kept dies on the day it was made.
        const dead = freshSeconds({ made, now }) === 0;
        expect(dead || until <= instantMs(endOfDay(dayOf(made))) + 1).toBe(true);
      }),
    );
  });
});

describe('a reply on its way out', () => {
  it('says how long it may be kept, and for whom it differs', async () => {
    const day = await deliver(reply('day'), asking(), { made: noon, now: noon });
    expect(day.headers.get('cache-control')).toBe('public, max-age=60, must-revalidate');
    expect(day.headers.get('vary')).toBe('Accept-Encoding, Cookie');
    const none = await deliver(reply('none'), asking(), { made: noon, now: noon });
    expect(none.headers.get('cache-control')).toBe('no-store');
    expect(none.headers.get('etag')).toBe(null);
  });

  it('is not sent again to whoever has it, compressed or not', async () => {
    const first = await deliver(reply('day'), asking(), { made: noon, now: noon });
    const etag = first.headers.get('etag')!;
    const again = asking({ 'if-none-match': `"x", ${etag}`, 'accept-encoding': 'gzip' });
    const second = await deliver(reply('day'), again, { made: noon, now: noon });
    expect([second.status, await second.text()]).toEqual([304, '']);
  });

  it('with another content is sent, although an older one is known', async () => {
    const first = await deliver(reply('day'), asking(), { made: noon, now: noon });
    const other = jsonReply({ asOf: '2026-06-02' }, { cache: 'day' });
    const again = asking({ 'if-none-match': first.headers.get('etag')! });
    expect((await deliver(other, again, { made: noon, now: noon })).status).toBe(200);
  });

  it('a refusal has no validator', async () => {
    const sent = await deliver(reply('day', 404), asking({ 'if-none-match': '*' }), {
      made: noon,
      now: noon,
    });
    expect([sent.status, sent.headers.get('etag')]).toEqual([404, null]);
  });

  it('is compressed for those who take it, with its true length', async () => {
    const asked = asking({ 'accept-encoding': 'br;q=1, gzip;q=0.5' });
    const sent = await deliver(reply('day'), asked, { made: noon, now: noon });
    const bytes = Buffer.from(await sent.arrayBuffer());
    expect(sent.headers.get('content-encoding')).toBe('gzip');
    expect(Number(sent.headers.get('content-length'))).toBe(bytes.length);
    expect(gunzipSync(bytes).toString()).toBe(reply('day').body);
  });
});

describe('reading headers of strangers', () => {
  it.each([
    ['gzip', true],
    ['GZIP;q=1', true],
    ['*', true],
    ['gzip;q=0', false],
    ['*, gzip;q=0', false],
    ['identity', false],
    ['gzip;q=much', false],
    ['', false],
  ])('Accept-Encoding "%s": %s', (header, taken) => {
    expect(takesGzip(header)).toBe(taken);
  });

  it('takes any text for what it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof takesGzip(text)).toBe('boolean');
        expect(typeof matchesEtag(text, 'W/"abc"')).toBe('boolean');
      }),
    );
    expect(matchesEtag('*', 'W/"abc"')).toBe(true);
    expect(matchesEtag('"abc"', 'W/"abc"')).toBe(true);
    expect(matchesEtag('abcd', 'W/"abc"')).toBe(false);
  });
});

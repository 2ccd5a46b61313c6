import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarData } from '../../kernel/calendar.ts';
import { type Day, type Instant, addDays, day, dayOf, instantFromMs } from '../../kernel/day.ts';
import type { NoticeChannel } from '../../kernel/rulebook/notices.ts';
import {
  type Service,
  type ServiceEvent,
  deemedDay,
  serviceKinds,
  serviceOf,
  waitSeconds,
  whyNotAcknowledge,
} from './domain-service.ts';

const channels = ['office', 'mail', 'sms'] as const satisfies NoticeChannel[];
const start = Date.parse('2026-06-01T00:00:00.000Z');
const at = (minutes: number) => instantFromMs(start + minutes * 60_000);
let count = 0;
const event = (
  kind: ServiceEvent['kind'],
  minutes: number,
  more: Partial<ServiceEvent> = {},
): ServiceEvent => {
  count += 1;
  return {
    ...{ id: `id-${String(count).padStart(6, '0')}`, letterId: 'letter', at: at(minutes), kind },
    ...{ channel: null, account: null, addressId: null, detail: {}, ...more },
  };
};

const anyEvent: fc.Arbitrary<ServiceEvent> = fc
  .record({
    kind: fc.constantFrom(...serviceKinds),
    minutes: fc.integer({ min: 0, max: 40_000 }),
    channel: fc.constantFrom(...channels),
    no: fc.integer({ min: 0, max: 1_000_000 }),
  })
  .map(({ kind, minutes, channel, no }) => ({
    ...{ id: `id-${String(no).padStart(7, '0')}`, letterId: 'letter', at: at(minutes), kind },
    channel: ['tried', 'sent', 'delivered', 'failed'].includes(kind) ? channel : null,
    ...{ account: null, addressId: null },
    detail: kind === 'deemed' ? { on: dayOf(at(minutes)) } : {},
  }));
const history = fc.uniqueArray(anyEvent, { maxLength: 25, selector: ({ id }) => id });
const order: readonly Service['state'][] = [
  ...(['prepared', 'failed', 'sent', 'delivered', 'read', 'acknowledged'] as const),
];
const farther = { waiting: 0, failed: 1, sent: 2, delivered: 3 } as const;

describe('what became of a letter', () => {
  it('is the same in whatever order its events are told, and however often', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 24 }), (events, turn) => {
        const turned = [...events.slice(turn), ...events.slice(0, turn)].reverse();
        expect(serviceOf(channels, turned)).toEqual(serviceOf(channels, events));
        expect(serviceOf(channels, [...events, ...turned])).toEqual(serviceOf(channels, events));
      }),
    );
  });

  it('only ever goes on: no further event takes back what was reached', () => {
    fc.assert(
      fc.property(history, anyEvent, (events, next) => {
        const before = serviceOf(channels, events);
        const after = serviceOf(channels, [...events, next]);
        expect(order.indexOf(after.state)).toBeGreaterThanOrEqual(order.indexOf(before.state));
        for (const channel of channels) {
          expect(farther[after.channels[channel]!]).toBeGreaterThanOrEqual(
            farther[before.channels[channel]!],
          );
        }
        if (before.served !== null) expect(after.served).not.toBeNull();
      }),
    );
  });

  it('once served stays served from the same day by the same ground, whatever comes later', () => {
    fc.assert(
      fc.property(history, anyEvent, (events, next) => {
        const before = serviceOf(channels, events);
        const latest = events.reduce<Instant>(
          (most, one) => (one.at > most ? one.at : most),
          at(0),
        );
        fc.pre(before.served !== null && next.at > latest);
        expect(serviceOf(channels, [...events, next]).served).toEqual(before.served);
      }),
    );
  });

  it('is served by nothing but an acknowledgement or a rule', () => {
    fc.assert(
      fc.property(history, (events) => {
        const decisive = events.some(({ kind }) => kind === 'acknowledged' || kind === 'deemed');
        expect(serviceOf(channels, events).served !== null).toBe(decisive);
      }),
    );
  });

  it('failed only when every channel was given up', () => {
    const two = [event('prepared', 0), event('failed', 1, { channel: 'mail' })];
    expect(serviceOf(channels, two).state).toBe('prepared');
    const all = channels.map((channel) => event('failed', 1, { channel }));
    expect(serviceOf(channels, all).state).toBe('failed');
    // Its reader finds it all the same.
    expect(serviceOf(channels, [...all, event('read', 2)]).state).toBe('read');
  });

  it('is acknowledged once', () => {
    const events = [event('prepared', 0), event('acknowledged', 5)];
    expect(whyNotAcknowledge(serviceOf(channels, []))).toBeNull();
    expect(whyNotAcknowledge(serviceOf(channels, events))).toMatchObject({
      code: 'notices.already-acknowledged',
    });
    expect(serviceOf(channels, events).served).toEqual({
      ...{ by: 'acknowledgement', on: '2026-06-01' },
    });
  });
});

describe('deemed service', () => {
  const calendar: CalendarData = {
    coversFrom: day('2026-01-01'),
    coversTo: day('2026-12-31'),
    exceptions: new Map(),
  };
  const delivered = (minutes: number) =>
    serviceOf(channels, [event('delivered', minutes, { channel: 'office' })]);

  it('never comes before the letter was delivered, nor without a rule', () => {
    const term = { count: 5, unit: 'day' } as const;
    expect(
      deemedDay(serviceOf(channels, [event('sent', 0, { channel: 'mail' })]), term, calendar),
    ).toBe(null);
    expect(deemedDay(delivered(0), null, calendar)).toBeNull();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 1, max: 60 }),
        (min, days) => {
          const due = deemedDay(delivered(min), { count: days, unit: 'day' }, calendar);
          expect(due).toBe(addDays(dayOf(at(min)), days));
        },
      ),
    );
  });

  it('counts working days from the day after, and waits where the calendar does not reach', () => {
    const term = { count: 5, unit: 'workday' } as const;
    // 2026-06-01 is a Monday; 17:00 UTC is the next day in UTC+8.
    expect(deemedDay(delivered(0), term, calendar)).toBe('2026-06-08');
    expect(deemedDay(delivered(17 * 60), term, calendar)).toBe('2026-06-09');
    const short = { ...calendar, coversTo: day('2026-06-04') as Day };
    expect(deemedDay(delivered(0), term, short)).toBeNull();
  });
});

it('waits longer after every attempt, and never longer than the limit', () => {
  expect([1, 2, 3, 4].map((no) => waitSeconds(no, 60, 300))).toEqual([60, 120, 240, 300]);
  expect(waitSeconds(100_000, 60, 21_600)).toBe(21_600);
});

/**
 * 送达: what became of a letter, as its events tell it. Events are only ever added; the state is worked out
 * of them, so that an event told twice, or late, changes nothing that was so. Pure.
 */
import { type CalendarData, addWorkdays } from '../../kernel/calendar.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { type Day, type Instant, addDays, dayOf } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, refuse } from '../../kernel/result.ts';
import type { NoticeChannel } from '../../kernel/rulebook/notices.ts';
import type { DeemedTerm } from './domain.ts';

/**
 * `prepared`: written; `tried`: a channel did not take it and will be asked again; `sent`: a carrier took it;
 * `delivered`: it lies where its reader reads; `failed`: the channel was given up; `read`: opened;
 * `acknowledged`: its reader says so; `deemed`: a rule of the rulebook says so.
 */
export const serviceKinds = [
  'prepared',
  'tried',
  'sent',
  'delivered',
  'failed',
  'read',
  'acknowledged',
  'deemed',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** One thing that happened to a letter. */
export type ServiceEvent = {
  readonly id: Id;
  readonly letterId: Id;
  readonly at: Instant;
  readonly kind: ServiceKind;
  readonly channel: NoticeChannel | null;
  /** Who read or acknowledged it. */
  readonly account: string | null;
  /** The address it went to, as it stood then. */
  readonly addressId: Id | null;
  /** Masked address, answer of a carrier, day it counts as served from. No personal data. */
  readonly detail: Readonly<Record<string, string | number | null>>;
};

/** How far a letter came, the farthest of it. */
export type ServiceState = 'prepared' | 'failed' | 'sent' | 'delivered' | 'read' | 'acknowledged';
export type ChannelState = 'waiting' | 'failed' | 'sent' | 'delivered';

/** What became of a letter. */
export type Service = {
  readonly state: ServiceState;
  readonly channels: Readonly<Partial<Record<NoticeChannel, ChannelState>>>;
  /** When it first lay where its reader reads. */
  readonly deliveredAt: Instant | null;
  readonly readAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  /** Served: by proof (its reader acknowledged it) or deemed, whichever came first. */
  readonly served: { readonly by: 'acknowledgement' | 'deemed'; readonly on: Day } | null;
};

const farther = { waiting: 0, failed: 1, sent: 2, delivered: 3 } as const;

function first(a: Instant | null, b: Instant): Instant {
  return a === null || b < a ? b : a;
}

/** The earliest event of a kind; of one instant the one of the least id, so that order never matters. */
function earliest(events: readonly ServiceEvent[], kinds: readonly ServiceKind[]) {
  return events
    .filter(({ kind }) => kinds.includes(kind))
    .reduce<ServiceEvent | null>(
      (best, one) =>
        best === null || one.at < best.at || (one.at === best.at && one.id < best.id) ? one : best,
      null,
    );
}

/** What became of a letter that goes by these channels. */
export function serviceOf(
  channels: readonly NoticeChannel[],
  events: readonly ServiceEvent[],
): Service {
  const states: Partial<Record<NoticeChannel, ChannelState>> = {};
  for (const channel of channels) states[channel] = 'waiting';
  let deliveredAt: Instant | null = null;
  let readAt: Instant | null = null;
  let acknowledgedAt: Instant | null = null;
  for (const { kind, channel, at } of events) {
    if (channel !== null && (kind === 'sent' || kind === 'delivered' || kind === 'failed')) {
      const before = states[channel] ?? 'waiting';
      if (farther[kind] > farther[before]) states[channel] = kind;
    }
    if (kind === 'delivered') deliveredAt = first(deliveredAt, at);
    if (kind === 'read' || kind === 'acknowledged') readAt = first(readAt, at);
    if (kind === 'acknowledged') acknowledgedAt = first(acknowledgedAt, at);
  }
  const all = Object.values(states);
  const state: ServiceState =
    acknowledgedAt !== null
      ? 'acknowledged'
      : readAt !== null
        ? 'read'
        : all.includes('delivered')
          ? 'delivered'
          : all.includes('sent')
            ? 'sent'
            : all.length > 0 && all.every((one) => one === 'failed')
              ? 'failed'
              : 'prepared';
  return { state, channels: states, deliveredAt, readAt, acknowledgedAt, served: servedOf(events) };
}

function servedOf(events: readonly ServiceEvent[]): Service['served'] {
  const event = earliest(events, ['acknowledged', 'deemed']);
  if (event === null) return null;
  if (event.kind === 'acknowledged') return { by: 'acknowledgement', on: dayOf(event.at) };
  return { by: 'deemed', on: String(event.detail['on']) as Day };
}

/**
 * The day a letter counts as served from if nobody acknowledges it; `null` while it was not delivered,
 * without a rule, and while the working days to be counted are not known.
 */
export function deemedDay(
  service: Pick<Service, 'deliveredAt'>,
  term: DeemedTerm | null,
  calendar: CalendarData,
): Day | null {
  if (term === null || service.deliveredAt === null) return null;
  const from = dayOf(service.deliveredAt);
  if (term.unit === 'day') return addDays(from, term.count);
  const { due, provisional } = addWorkdays(calendar, from, term.count);
  return provisional ? null : due;
}

/** Why a letter may not be acknowledged (again); `null`: it may. */
export function whyNotAcknowledge({
  acknowledgedAt,
}: Pick<Service, 'acknowledgedAt'>): Refusal | null {
  return acknowledgedAt === null ? null : refuse('notices.already-acknowledged').refusal;
}

/** Seconds to wait before a channel is asked again, after so many attempts. */
export function waitSeconds(attempts: number, firstSeconds: number, mostSeconds: number): number {
  // Two to the thirtieth is more than any limit: nothing overflows.
  return Math.min(mostSeconds, firstSeconds * 2 ** Math.min(30, Math.max(0, attempts - 1)));
}

/** Canonical text of an event of service: what its commitment covers. */
export function serviceText(event: ServiceEvent): string {
  const { id, letterId, at, kind, channel, account, addressId, detail } = event;
  return canonicalJson({
    id,
    letterId,
    at,
    kind,
    channel,
    account,
    addressId,
    detail: { ...detail },
  });
}

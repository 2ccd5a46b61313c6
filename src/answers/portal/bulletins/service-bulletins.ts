/** Published bulletins as the public reads them. A draft answers like one that never was. */
import { dayOf } from '../../../kernel/day.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import {
  type Bulletin,
  publishedBulletin,
  publishedEditions,
} from '../../../intake/bulletin/index.ts';
import type { PortalContext } from '../deps.ts';
import { shownText } from '../domain-fields.ts';
import { itemName, portalLaw } from '../service-law.ts';
import { regionOf } from '../service-regions.ts';
import type { BulletinList, BulletinPage } from './contract.ts';

const listMax = 120;

/** Months with a published bulletin, the newest first; ten years at most. */
export async function bulletinList(context: PortalContext): Promise<BulletinList> {
  const editions = await publishedEditions(context.database, listMax);
  return {
    bulletins: editions.map(({ period, edition, closedAt }) => ({
      period,
      edition,
      publishedOn: dayOf(closedAt!),
    })),
  };
}

/** The published bulletin of a month. Refuses `portal.no-such-bulletin`. */
export async function bulletinOf(
  context: PortalContext,
  period: string,
): Promise<Result<BulletinPage, Refusal<'portal.no-such-bulletin'>>> {
  const found = /^\d{4}-\d{2}$/.test(period) ? await publishedBulletin(context, period) : null;
  return found === null ? refuse('portal.no-such-bulletin') : ok(viewOf(context, found));
}

function viewOf(context: PortalContext, bulletin: Bulletin): BulletinPage {
  const { body, edition, closedAt, replaces, reason, digest } = bulletin;
  const law = portalLaw(context.law());
  const names = new Map(body.departments.map(({ provider, name }) => [provider, name]));
  const unit = (code: string) => ({ code, name: shownText(names.get(code) ?? code) });
  const item = (code: string) => ({ item: code, itemName: itemName(law, code) });
  return {
    period: body.period,
    edition,
    publishedOn: dayOf(closedAt!),
    correction: replaces === null ? null : shownText(reason),
    digest,
    cutOff: body.cutOff,
    closed: body.closed,
    rules: body.rules,
    weights: body.scheme.weights,
    ranked: body.ranked,
    overall: body.overall,
    departments: departmentsOf(bulletin, (code) => itemName(law, code)),
    districts: body.districts.map((district) => ({
      ...district,
      name: regionOf(law, district.region)?.fullName ?? district.region,
    })),
    errors: body.errors.map(({ rule, rows, message, example, providers }) => ({
      ...{ rule, rows, message },
      example: example?.value ?? null,
      units: providers.map((one) => ({ ...unit(one.provider), rows: one.rows })),
    })),
    overdue: body.overdue.map(({ provider, rows }) => ({ ...unit(provider), rows })),
    zeroReports: body.zeroReports.map((one) => ({ ...unit(one.provider), ...item(one.item) })),
    silent: body.silent.map((one) => ({ ...unit(one.provider), ...item(one.item), by: one.by })),
    alerts: body.alerts.map(({ provider, item: code, kind, what }) => ({
      ...unit(provider),
      ...item(code),
      kind,
      what: what === null ? null : shownText(what),
    })),
    praise: body.praise.map(unit),
  };
}

function departmentsOf(
  { body, responses }: Bulletin,
  nameOf: (item: string) => BulletinPage['silent'][number]['itemName'],
): BulletinPage['departments'] {
  return body.departments.map(({ provider, name, items, ...line }) => {
    const said = responses.find((response) => response.provider === provider);
    const { state, ground, reply } = said ?? { state: 'asked', ground: null, reply: null };
    return {
      unit: { code: provider, name: shownText(name) },
      items: items.map((item) => ({ item, name: nameOf(item) })),
      ...line,
      response: {
        state: state === 'asked' ? 'silent' : state,
        // What confirms only says that it does.
        ground: ground === null || state === 'confirmed' ? null : shownText(ground),
        reply: reply === null ? null : shownText(reply),
      },
    };
  });
}

/** Quality for whoever may read it: figures of a month within reach, rows behind them, alerts. */
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import {
  type FigureName,
  type Measure,
  addUp,
  anomalies,
  figureNames,
  figureRows,
  monthFigures,
} from '../../../intake/quality/index.ts';
import { portalLaw, shownText } from '../../portal/index.ts';
import { type Reach, isWithinReach, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { alertViewer, itemNameOf, measuring } from '../sources/service.ts';
import type { QualityFact } from './contract.ts';

const pageRows = 50;

/** The only unit within reach, where there is only one: the database then reads no other's rows. */
const onlyUnit = (reach: Reach): string | null =>
  reach !== null && reach.size === 1 ? [...reach][0]! : null;

/** Figures of a month. Refuses `office.not-your-unit` and what `monthFigures` refuses. */
export async function figuresFor(
  deps: OfficeDeps,
  reach: Reach,
  { period, unit }: { readonly period: string; readonly unit?: string | undefined },
) {
  if (unit !== undefined && !isWithinReach(reach, unit)) {
    return refuse('office.not-your-unit', { unit });
  }
  const of = { provider: unit ?? onlyUnit(reach), item: null };
  const found = await monthFigures(measuring(deps), period, of);
  if (!found.ok) return found;
  const { cutOff, closed, limits } = found.value;
  const names = await unitNames(deps);
  const law = portalLaw(deps.law());
  const sources = found.value.sources.filter(({ provider }) => isWithinReach(reach, provider));
  return ok({
    ...{ period, cutOff, closed, limits },
    together: byName((name) => addUp(sources, name)),
    sources: sources.map(({ provider, item, received, produced, correctionDays, figures }) => ({
      ...{ unit: names(provider), item, received, produced, correctionDays },
      itemName: itemNameOf(law, item),
      figures: byName((name) => figures[name]),
    })),
  });
}

function byName(of: (name: FigureName) => Measure): Record<string, Measure> {
  return Object.fromEntries(figureNames.map((name) => [name, of(name)]));
}

/** What rows are asked for. */
export type FactsAsked = {
  readonly period: string;
  readonly unit: string;
  readonly item?: string | undefined;
  readonly figure: string;
  readonly after?: string | undefined;
};

/** The rows behind a figure. Refuses `office.not-your-unit` and what `figureRows` refuses. */
export async function factsFor(
  deps: OfficeDeps,
  reach: Reach,
  { period, unit, item, figure, after }: FactsAsked,
): Promise<Result<{ rows: QualityFact[]; next: string | null }>> {
  if (!isWithinReach(reach, unit)) return refuse('office.not-your-unit', { unit });
  const asked = { period, figure, provider: unit, item: item ?? null };
  const page = await figureRows(
    measuring(deps),
    after === undefined ? asked : { ...asked, after },
    pageRows,
  );
  if (!page.ok) return page;
  return ok({
    rows: page.value.rows.map((fact) => ({
      ...{ batchId: fact.batchId, row: fact.row, fileName: shownText(fact.fileName) },
      ...{ item: fact.item, decidedOn: fact.decidedOn, firstOn: fact.firstOn },
      ...{ acceptedOn: fact.acceptedOn, matched: fact.matched, codes: [...fact.codes] },
      ...{ cellsRequired: fact.cellsRequired, cellsFilled: fact.cellsFilled },
    })),
    next: page.value.next,
  });
}

/** Alerts of a month within reach. Refuses what `anomalies` refuses. */
export async function alertsFor(deps: OfficeDeps, reach: Reach, period: string) {
  const of = { provider: onlyUnit(reach), item: null };
  const found = await anomalies(measuring(deps), period, of);
  if (!found.ok) return found;
  const view = alertViewer(deps, await unitNames(deps));
  const within = found.value.filter(({ provider }) => isWithinReach(reach, provider));
  return ok({ alerts: within.map(view) });
}

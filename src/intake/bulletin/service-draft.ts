/** Drafting a bulletin: everything it says is gathered, worked out once, and kept. */
import { addDays, addMonths, startOfDay } from '../../kernel/day.ts';
import { maskMiddle } from '../../kernel/mask.ts';
import { type Result, ok } from '../../kernel/result.ts';
import { type Rulebook, editionsOf } from '../../kernel/rulebook/rulebook.ts';
import type { Instant } from '../../kernel/day.ts';
import { listUnits } from '../../register/units/index.ts';
import { type QualityDeps, anomalies, monthFigures, monthOf } from '../quality/index.ts';
import type { BulletinBody, ErrorLine } from './domain.ts';
import { draftOf } from './draft.ts';
import { type BulletinRules, rulesOn } from './domain-scheme.ts';
import { concealedCounts, exampleOf, newSubjects, rulesSeen } from './store.ts';

/** Works out what the bulletin of a month says now. Refuses what {@link monthFigures} does. */
export async function workOut(
  deps: QualityDeps,
  period: string,
): Promise<Result<{ body: BulletinBody; rules: BulletinRules }>> {
  const month = monthOf(period);
  if (!month.ok) return month;
  const { from, to } = month.value;
  const now = await monthFigures(deps, period);
  if (!now.ok) return now;
  const before = await monthFigures(deps, addMonths(from, -1).slice(0, 7));
  const odd = await anomalies(deps, period);
  if (!odd.ok) return odd;
  const rules = rulesOn(deps.rulebook(), addDays(to, -1), deps.place);
  const span = { from: startOfDay(from), to: startOfDay(to) };
  const { database } = deps;
  const [units, subjects, concealed, errors] = await Promise.all([
    listUnits(database),
    newSubjects(database, from, to),
    concealedCounts(database, from, to),
    errorsOf(deps, span, rules.errors),
  ]);
  const body = draftOf({
    now: now.value,
    before: before.ok ? before.value : null,
    anomalies: odd.value,
    units: new Map(units.map(({ code, name, region }) => [code, { name, region }])),
    newSubjects: subjects,
    concealed,
    errors,
    scheme: rules.scheme,
    rules: [now.value.limits, rules.edition].join('、'),
    ranked: rules.ranked,
    praise: rules.praise,
    place: deps.place,
    madeAt: deps.clock.now(),
  });
  return ok({ body, rules });
}

/** The most frequent problems with the departments that had them; examples hide their middle. */
async function errorsOf(
  { database, rulebook }: QualityDeps,
  span: { readonly from: Instant; readonly to: Instant },
  most: number,
): Promise<ErrorLine[]> {
  const byRule = new Map<string, { provider: string; rows: number }[]>();
  for (const { rule, provider, rows } of await rulesSeen(database, span.from, span.to)) {
    byRule.set(rule, [...(byRule.get(rule) ?? []), { provider, rows }]);
  }
  const lines = [...byRule]
    .map(([rule, providers]) => ({
      rule,
      providers,
      rows: providers.reduce((sum, { rows }) => sum + rows, 0),
    }))
    .sort((a, b) => b.rows - a.rows || (a.rule < b.rule ? -1 : 1))
    .slice(0, most);
  const found: ErrorLine[] = [];
  for (const line of lines) {
    const example = await exampleOf(database, line.rule, span);
    found.push({
      ...line,
      message: messageOf(rulebook(), line.rule),
      example: example === null ? null : { ...example, value: maskMiddle(example.value, 2, 2) },
    });
  }
  return found;
}

/** What a rule says, its blanks left open; a doubt about a link has no rule of a standard. */
function messageOf(rulebook: Rulebook, rule: string): string {
  for (const { document } of editionsOf(rulebook, 'standard')) {
    const found = document.rules.find(({ id }) => id === rule);
    if (found !== undefined) return found.message.replace(/\{\w+\}/g, '…');
  }
  return '';
}

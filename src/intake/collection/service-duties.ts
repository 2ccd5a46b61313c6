/** Recording which unit has to report what: all changes of a list, or none. */
import type { Actor } from '../../kernel/act.ts';
import { parseDay } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import { listUnits } from '../../register/units/index.ts';
import type { DutyChange } from './domain-duties.ts';
import { itemFor } from './reading.ts';
import type { CollectionDeps } from './service-receive.ts';
import { insertDutyChanges, readDutyChanges } from './store-duties.ts';

const groundMax = 500;

const nameOf = ({ provider, item, from }: DutyChange) => `${provider}|${item}|${from}`;

/**
 * Records changes of duties. Gives how many of them were news. Refuses, with the number of the line,
 * `collection.duty-no-unit`, `collection.duty-no-item`, `collection.duty-bad-day`,
 * `collection.duty-no-ground`, `collection.duty-twice`, and what the door refuses.
 */
export async function recordDuties(
  deps: CollectionDeps,
  given: readonly DutyChange[],
  actor: Actor,
): Promise<Result<number>> {
  const units = new Set((await listUnits(deps.database)).map(({ code }) => code));
  const changes: DutyChange[] = [];
  const seen = new Set<string>();
  for (const [index, change] of given.entries()) {
    const read = readChange(deps, units, change, index + 1);
    if (!read.ok) return read;
    const { item, from } = read.value;
    const name = nameOf(read.value);
    if (seen.has(name)) return refuse('collection.duty-twice', { line: index + 1, item, from });
    seen.add(name);
    changes.push(read.value);
  }
  return deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'collection.duties',
      needs: 'units:change',
      actor,
      ground: { reason: 'list of reporting duties' },
      traceId: freshId(deps.clock),
      object: 'duties',
      detail: { changes: changes.length },
    });
    if (!act.ok) return act;
    // What is known already is not said twice, so that a list can be sent again.
    const known = new Map((await readDutyChanges(tx)).map((one) => [nameOf(one), one.owes]));
    const news = changes.filter((one) => known.get(nameOf(one)) !== one.owes);
    await insertDutyChanges(tx, news, act.value);
    return ok(news.length);
  });
}

function readChange(
  deps: CollectionDeps,
  units: ReadonlySet<string>,
  change: DutyChange,
  line: number,
): Result<DutyChange> {
  const { provider, item: wanted, ground } = change;
  if (!units.has(provider)) return refuse('collection.duty-no-unit', { line, code: provider });
  const from = parseDay(change.from);
  if (from === null) return refuse('collection.duty-bad-day', { line, day: change.from });
  const item = itemFor(deps.rulebook(), wanted, deps.clock.today(), deps.law().place);
  if (!item.ok) return refuse('collection.duty-no-item', { line, item: wanted });
  if (ground.trim() === '' || ground.length > groundMax) {
    return refuse('collection.duty-no-ground', { line, most: groundMax });
  }
  return ok({ ...change, from, item: item.value.item.code, ground: ground.trim() });
}

/** The door (design.md §2.4): authorise, record, commit to; all in the caller's transaction. */
import type { ActRequest, Door, EventLog } from '../../kernel/act.ts';
import { systemActor } from '../../kernel/act.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Roles } from '../../kernel/rulebook/roles.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import { freshBytes } from '../../platform/random.ts';
import type { Tx } from '../../platform/db/index.ts';
import { type Account, findAccount } from '../accounts/index.ts';
import { insertCommitments } from '../transparency-log/index.ts';
import { actText, eventText } from './domain.ts';
import { ensureMonth, findAct, insertAct, insertEvent } from './store.ts';

/** What the door needs: the time, and the positions of the rulebook in force. */
export type DoorDeps = {
  readonly clock: Clock;
  readonly positions: () => Roles['positions'];
};

/** Makes the record of what is no act; see {@link EventLog}. */
export function makeEventLog({ clock }: Pick<DoorDeps, 'clock'>): EventLog<Tx> {
  return async (tx, event) => {
    const stored = { ...event, id: freshId(clock), at: clock.now() };
    await ensureMonth(tx, stored.at);
    const salt = freshBytes(16);
    await insertEvent(tx, stored, salt);
    await insertCommitments(tx, [
      {
        id: freshId(clock),
        kind: 'event',
        objectId: stored.id,
        commitment: commitmentOf(salt, eventText(stored)),
        at: stored.at,
      },
    ]);
  };
}

/** Makes the door: an account, a position it holds, and a permission of that position are needed. */
export function makeDoor(deps: DoorDeps): Door<Tx> {
  return {
    async pass(tx, request) {
      const account = await findAccount(tx, request.actor.account);
      const permitted = authorise(request, account, deps.positions());
      if (!permitted.ok) return permitted;
      const first =
        request.second === undefined ? null : await findAct(tx, request.second.firstAct);
      if (request.second !== undefined && first === null) {
        return refuse('door.unknown-act', { act: request.second.firstAct });
      }
      if (first !== null && first.account === request.actor.account) {
        return refuse('door.same-person', { account: first.account });
      }
      const act = { ...request, id: freshId(deps.clock), at: deps.clock.now() };
      await ensureMonth(tx, act.at);
      const salt = freshBytes(16);
      const commitment = commitmentOf(salt, actText(act));
      await insertAct(tx, act, salt, first);
      await insertCommitments(tx, [
        {
          id: freshId(deps.clock),
          kind: 'act',
          objectId: act.id,
          commitment,
          at: act.at,
        },
      ]);
      return ok({ ...act, commitment: commitment.toString('hex') });
    },
  };
}

function authorise(
  request: ActRequest,
  account: Account | null,
  positions: Roles['positions'],
): Result<true> {
  const { actor, needs } = request;
  if (account === null) return refuse('door.unknown-account', { account: actor.account });
  if (account.disabledAt !== null) return refuse('door.disabled', { account: actor.account });
  if (!account.positions.includes(actor.position) || account.unit !== actor.unit) {
    return refuse('door.not-your-position', {
      account: actor.account,
      position: actor.position,
      unit: actor.unit,
    });
  }
  // The rulebook brings the positions; before it is loaded only its own loading can be permitted.
  if (positions.length === 0 && actor.position === systemActor.position) {
    return needs === 'rulebook:load'
      ? ok(true)
      : refuse('door.not-permitted', { position: actor.position, needs });
  }
  const [feature = ''] = needs.split(':');
  const held = positions.find((position) => position.code === actor.position)?.permissions ?? [];
  return held.includes(needs) || held.includes(`${feature}:*`)
    ? ok(true)
    : refuse('door.not-permitted', { position: actor.position, needs });
}

/** What a position may do, put together from the rulebook and from the routes themselves. */
import { systemActor } from '../../../kernel/act.ts';
import { editionInForce, editionKey } from '../../../kernel/rulebook/rulebook.ts';
import type { Route } from '../../../platform/http/index.ts';
import { farthest, purposesOn } from '../../../trust/access/index.ts';
import { holds } from '../service-caller.ts';
import { type OfficeDeps, accessDeps } from '../deps.ts';
import { citedBriefly } from '../readings/service.ts';
import type { RoleView } from './contract.ts';

/**
 * Every position an account may hold, with what its permissions open among `routes`, and the purposes it
 * reads for, each with its reach and the provision that carries it today. `held`: positions of who asks.
 */
export function rolesFor(deps: OfficeDeps, routes: readonly Route[], held: readonly string[]) {
  const on = deps.clock.today();
  const found = editionInForce(deps.rulebook(), 'roles', 'roles', on);
  const purposes = purposesOn(accessDeps(deps).lawOn());
  const opens = (permission: string) =>
    routes
      .filter(({ needs }) => needs !== null && holds([permission], needs))
      .map(({ summary, summaryEn }) => ({ zh: summary, en: summaryEn }));
  const positions = deps.positions().filter(({ code }) => code !== systemActor.position);
  return {
    on,
    edition: found === null ? null : editionKey(found.document),
    positions: positions.map(({ code, name, nameEn, permissions }): RoleView => ({
      ...{ code, name: { zh: name, en: nameEn }, yours: held.includes(code) },
      permissions: permissions.map((one) => ({ code: one, opens: opens(one) })),
      purposes: purposes.flatMap(({ purpose, provision }) => {
        const best = farthest(purpose, [code]);
        if (best === null) return [];
        return [
          {
            ...{ code: purpose.code, name: { zh: purpose.name, en: purpose.nameEn } },
            ...{ reach: best.reach, perDay: purpose.perDay },
            provision: provision === null ? null : briefly(deps, provision),
          },
        ];
      }),
    })),
  };
}

function briefly(deps: OfficeDeps, pointer: string) {
  const { instrument, article } = citedBriefly(deps, pointer);
  return { pointer, instrument, article };
}

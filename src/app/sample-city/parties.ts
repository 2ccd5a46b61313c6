/** Whom a decision is about: an organisation that an office of this kind deals with, on that day. */
import { type Day, addDays } from '../../kernel/day.ts';
import { type Chance, chanceOf } from './chance.ts';
import {
  type CityPlan,
  type Organisation,
  type OrganisationKind,
  kindOf,
  organisationAt,
  tradeOf,
} from './organisations.ts';
import { type DirtFinder, dirtFinder } from './registry-dirt.ts';
import type { UnitKey } from './units.ts';

const traders: readonly OrganisationKind[] = [
  'company',
  'branch',
  'individual',
  'owner-named',
  'cooperative',
  'registered-long-ago',
];
const firms: readonly OrganisationKind[] = ['company', 'branch'];

type Circle = { readonly kinds: readonly OrganisationKind[]; readonly trades?: RegExp };

const circles: Readonly<Partial<Record<UnitKey, Circle>>> = {
  ecology: { kinds: firms, trades: /建设|装饰|机械|化工|纺织|食品/ },
  emergency: { kinds: firms, trades: /建设|机械|化工|纺织|新能源|物流/ },
  'example-emergency': { kinds: firms, trades: /建设|机械|化工|纺织|新能源|物流/ },
  transport: { kinds: [...firms, 'individual'], trades: /物流|汽车运输|货运/ },
  health: { kinds: [...firms, 'individual'], trades: /酒店|宾馆|理发/ },
  housing: { kinds: firms, trades: /建设|装饰|房地产/ },
  culture: { kinds: firms, trades: /文化|酒店/ },
  agriculture: { kinds: [...firms, 'cooperative'] },
  industry: { kinds: firms, trades: /机械|信息|新能源|化工/ },
  labour: { kinds: firms },
  land: { kinds: firms, trades: /机械|化工|房地产/ },
  tax: { kinds: firms },
  court: { kinds: firms },
  procurement: { kinds: firms, trades: /建设|信息|物业|餐饮/ },
};

/** A new name that a firm takes on a day of the story. */
export type StoryRename = {
  readonly number: number;
  readonly oldName: string;
  readonly newName: string;
  readonly on: Day;
};

/** One firm that is merged into another, or split from it, on a day of the story. */
export type StoryChange = {
  readonly kind: 'merge' | 'split';
  readonly number: number;
  readonly other: number;
  readonly on: Day;
};

/** Finds parties in a city. */
export type Parties = {
  readonly plan: CityPlan;
  /** A party for an office's decision of a day; `living` where only the living are meant. */
  readonly pick: (unit: UnitKey, chance: Chance, on: Day, living: boolean) => Organisation;
  /** Name it bears on a day. */
  readonly nameOn: (organisation: Organisation, on: Day) => string;
  readonly renames: readonly StoryRename[];
  readonly changes: readonly StoryChange[];
  readonly dirtOf: DirtFinder;
};

const renamesMax = 12;
const triesMax = 60;

/** Firms that change their name while the story runs. */
function storyRenames(plan: CityPlan, dirtOf: DirtFinder): StoryRename[] {
  const renames: StoryRename[] = [];
  const wanted = Math.min(renamesMax, Math.floor(plan.organisations / 100));
  // The often-met ones come first, so that their decisions are many.
  for (let number = 0; number < plan.organisations && renames.length < wanted; number += 1) {
    const organisation = organisationAt(plan, number);
    const { kind, alive, recent, name, formerName } = organisation;
    if (kind !== 'company' || !alive || recent || formerName !== null) continue;
    if (dirtOf(number) !== null || number % 3 !== 0) continue;
    const on = addDays(plan.anchor, -(60 + chanceOf(plan.seed, 'rename', number).below(250)));
    const newName = name.replace(/(有限公司|有限责任公司|厂|合伙企业（有限合伙）)$/, '科技$1');
    renames.push({ number, oldName: name, newName, on });
  }
  return renames;
}

const changesMax = 4;

/** Mergers and splits: pairs of firms from the far end, where nobody is renamed. */
function storyChanges(plan: CityPlan, dirtOf: DirtFinder): StoryChange[] {
  const changes: StoryChange[] = [];
  const wanted = Math.min(changesMax, Math.floor(plan.organisations / 50));
  let first: number | null = null;
  for (let number = plan.organisations - 1; number >= 0 && changes.length < wanted; number -= 1) {
    const { kind, alive, recent } = organisationAt(plan, number);
    if (kind !== 'company' || !alive || recent || dirtOf(number) !== null) continue;
    if (first === null) {
      first = number;
      continue;
    }
    const on = addDays(plan.anchor, -(90 + chanceOf(plan.seed, 'change', number).below(300)));
    changes.push({ kind: changes.length % 2 === 0 ? 'merge' : 'split', number, other: first, on });
    first = null;
  }
  return changes;
}

/** Makes the finder of a city's parties. */
export function partiesOf(plan: CityPlan): Parties {
  const dirtOf = dirtFinder(plan);
  const renames = storyRenames(plan, dirtOf);
  const byNumber = new Map(renames.map((rename) => [rename.number, rename]));
  const changes = storyChanges(plan, dirtOf);
  const gone = new Map(
    changes.flatMap(({ kind, number, on }) => (kind === 'merge' ? [[number, on] as const] : [])),
  );
  return {
    plan,
    renames,
    changes,
    dirtOf,
    pick(unit, chance, on, living) {
      const circle = circles[unit] ?? { kinds: traders };
      let number = 0;
      for (let tries = 0; tries < triesMax; tries += 1) {
        // Some are met more often than others: the low numbers.
        number = Math.floor(chance.next() ** 1.5 * plan.organisations);
        const kind = kindOf(plan, number);
        if (!circle.kinds.includes(kind)) continue;
        if (circle.trades?.test(tradeOf(plan, number, kind).word) === false) continue;
        if (dirtOf(number) !== null || on >= (gone.get(number) ?? '9')) continue;
        const found = organisationAt(plan, number);
        if (found.registeredOn < on && (found.alive || !living)) return found;
      }
      return organisationAt(plan, number);
    },
    nameOn(organisation, on) {
      const rename = byNumber.get(organisation.number);
      return rename === undefined || on < rename.on ? organisation.name : rename.newName;
    },
  };
}

/**
 * The test set of name search: for each kind of slip or shortening, queries made from organisations
 * drawn by seed. The expected answer is the organisation the query was made from. Pure.
 */
import { type Chance, chanceOf } from '../sample-city/chance.ts';
import type { MadeName } from './names.ts';
import { type MadeRegistry, organisationAt } from './registry-file.ts';

/** How a query differs from the registered name. */
export type QueryKind =
  | 'exact'
  | 'dropped'
  | 'replaced'
  | 'swapped'
  | 'without-place'
  | 'without-form'
  | 'other-form'
  | 'brackets'
  | 'short'
  | 'former'
  | 'part'
  | 'initials';

/** Kinds in the order in which they are told. */
export const queryKinds: readonly QueryKind[] = [
  'exact',
  'dropped',
  'replaced',
  'swapped',
  'without-place',
  'without-form',
  'other-form',
  'brackets',
  'short',
  'former',
  'part',
  'initials',
];

/** A query with the code of the organisation it was made from. */
export type Query = { readonly kind: QueryKind; readonly text: string; readonly uscc: string };

/** Name without its legal form: slips are made here, in what tells organisations apart. */
const bodyOf = ({ name, form }: MadeName) => name.slice(0, name.length - form.length);

function edited(made: MadeName, chance: Chance, edit: (at: number, body: string[]) => void) {
  const body = [...bodyOf(made)];
  edit(chance.below(body.length - 1), body);
  return body.join('') + made.form;
}

const otherCharacters = [...'鼎芮睿垚晟煜焱淇沅圣世伟杰强勇敏静丽艳红玲军'];

/** The name of a trade as people shorten it: its first two characters. */
const shortTrade = ({ trade }: MadeName) => [...trade].slice(0, 2).join('');

const make: Readonly<
  Record<QueryKind, (made: MadeName, chance: Chance, toInitials: Initials) => string | null>
> = {
  exact: ({ name }) => name,
  dropped: (made, chance) => edited(made, chance, (at, body) => body.splice(at, 1)),
  replaced: (made, chance) =>
    edited(made, chance, (at, body) => (body[at] = chance.pick(otherCharacters))),
  swapped: (made, chance) =>
    edited(made, chance, (at, body) => body.splice(at, 2, body[at + 1]!, body[at]!)),
  'without-place': ({ place, brand, trade, form }) =>
    place === '' ? null : `${brand}${trade}${form}`,
  'without-form': (made) => bodyOf(made),
  'other-form': (made) => bodyOf(made) + (made.form === '有限公司' ? '有限责任公司' : '有限公司'),
  brackets: ({ place, brand, trade, form }, chance) =>
    place === '' ? null : `${brand}${chance.pick(['(', ' (', '【'])}${place})${trade}${form}`,
  short: (made, chance) =>
    chance.happens(0.5)
      ? `${made.brand}${made.trade}`
      : `${made.place.replace(/[省市县区]$/, '')}${made.brand}${shortTrade(made)}`,
  former: ({ former }) => former,
  part: (made, chance) => {
    const body = [...`${made.brand}${made.trade}`];
    const length = 3 + chance.below(2);
    const from = chance.below(Math.max(1, body.length - length));
    return body.slice(from, from + length).join('');
  },
  initials: (made, _chance, toInitials) => toInitials(`${made.brand}${made.trade}`),
};

/** Pinyin initials of a text. */
export type Initials = (text: string) => string;

/** `count` queries of a kind; organisations for which the kind makes no sense are passed over. */
export function queriesOf(
  registry: MadeRegistry,
  kind: QueryKind,
  count: number,
  toInitials: Initials,
): Query[] {
  const queries: Query[] = [];
  for (let number = 0; queries.length < count && number < count * 100; number += 1) {
    const chance = chanceOf(registry.seed, 'bench-query', kind, number);
    const { made, uscc } = organisationAt(registry, chance.below(registry.rows));
    const text = make[kind](made, chance, toInitials);
    if (text !== null) queries.push({ kind, text, uscc });
  }
  return queries;
}

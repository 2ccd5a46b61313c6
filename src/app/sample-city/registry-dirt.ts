/**
 * What is wrong in registers, in the shares counted over a million real rows (half-width brackets 1.7 %
 * of all names, codes in small letters 2 in 10,000, and so on). A city too small for a share gets one
 * row of it, so that every kind is there to be seen.
 */
import { chanceOf } from './chance.ts';
import { type CityPlan, organisationAt } from './organisations.ts';

/** Shares of all rows as counted over 1,108,313 real ones. */
export const registryShares = {
  'code-in-small-letters': 207 / 1_108_313,
  'code-with-wrong-check': 26 / 1_108_313,
  'check-as-remainder': 32 / 1_108_313,
  'second-name-for-the-code': 9 / 1_108_313,
  'row-twice': 154 / 1_108_313,
  'two-names-in-one-field': 236 / 1_108_313,
  'blank-inside-name': 169 / 1_108_313,
  'full-width-letters': 22 / 1_108_313,
  'destroyed-text': 894 / 1_108_313,
  'columns-shifted': 33 / 1_108_313,
  'wide-blank': 1_000 / 1_108_313,
  'private-character': 14 / 1_108_313,
  'control-character': 15 / 1_108_313,
  'inner-code-check-wrong': 79 / 1_108_313,
  'number-of-thirteen-digits': 425 / 1_108_313,
  'traditional-characters': 12 / 1_108_313,
  'blank-around-name': 5 / 1_108_313,
  'name-of-another-in-other-brackets': 18 / 1_108_313,
  'name-of-another-but-for-the-form': 32 / 1_108_313,
  'name-of-another-but-for-the-place': 212 / 1_108_313,
} as const;

/** Something wrong with a register's row. */
export type RegistryDirt = keyof typeof registryShares;

/** All kinds. */
export const registryDirt = Object.keys(registryShares) as RegistryDirt[];

const allShares = Object.values(registryShares).reduce((sum, share) => sum + share, 0);

// Below so many organisations a city is a handful of rows for a test of something else.
const organisationsMin = 200;

/** Tells what is wrong with the row of an organisation; `null` for nearly all. */
export type DirtFinder = (number: number) => RegistryDirt | null;

/** Whether the dirt can stick to this organisation: 1 is the check that some write as Y. */
function suits(plan: CityPlan, number: number, kind: RegistryDirt): boolean {
  const { kind: of, uscc, recent } = organisationAt(plan, number);
  if (recent || uscc === null || of === 'owner-named') return false;
  if (kind.startsWith('name-of-another')) return of === 'company';
  return kind !== 'check-as-remainder' || uscc.endsWith('1');
}

/** Makes the finder of a city. */
export function dirtFinder(plan: CityPlan): DirtFinder {
  if (plan.organisations < organisationsMin) return () => null;
  const sure = new Map<number, RegistryDirt>();
  for (const kind of registryDirt) {
    const chance = chanceOf(plan.seed, 'dirt', kind);
    let number = chance.below(plan.organisations);
    for (let tries = 0; tries < plan.organisations; tries += 1) {
      if (!sure.has(number) && suits(plan, number, kind)) break;
      number = (number + 1) % plan.organisations;
    }
    sure.set(number, kind);
  }
  return (number) => {
    const known = sure.get(number);
    if (known !== undefined) return known;
    let left = chanceOf(plan.seed, 'dirty', number).next();
    if (left > allShares) return null;
    for (const kind of registryDirt) {
      left -= registryShares[kind];
      if (left < 0) return suits(plan, number, kind) ? kind : null;
    }
    return null;
  };
}

/** Rows of registers with what is wrong in them. */
import { usccAlphabet } from '../../kernel/identifiers/uscc.ts';
import { sampleUscc } from './codes.ts';
import {
  type CityPlan,
  type Organisation,
  kindOf,
  organisationAt,
  pairOf,
} from './organisations.ts';
import type { RegistryDirt } from './registry-dirt.ts';
import type { RegistryRow } from './registry-row.ts';

/** Whose row it is. */
type About = { readonly plan: CityPlan; readonly organisation: Organisation };

/** A unified code that holds, around an organisation code that does not. */
function withWrongInnerCheck(organisation: Organisation): string {
  const { organisationCode } = organisation;
  const wrong = organisationCode.endsWith('5') ? '6' : '5';
  return sampleUscc(pairOf(organisation), organisationCode.slice(0, -1) + wrong);
}

/** The next company's name, told apart by what must never be taken for the same. */
function nameOfAnother(dirt: RegistryDirt, { plan, organisation }: About): string {
  let number = organisation.number;
  do number = (number + 1) % plan.organisations;
  while (kindOf(plan, number) !== 'company' && number !== organisation.number);
  const { name } = organisationAt(plan, number);
  if (dirt === 'name-of-another-but-for-the-form') {
    return name.endsWith('有限责任公司')
      ? name.replace('有限责任公司', '有限公司')
      : name.replace(/(有限公司)?$/, '有限责任公司');
  }
  if (dirt === 'name-of-another-but-for-the-place') {
    return name.startsWith('样例市') ? name.replace('样例市', '样例区') : `样例市${name.slice(3)}`;
  }
  return name.replace('（', '(').replace('）', ')');
}

/** Letters and digits to full-width ones. */
function widened(text: string): string {
  return text.replace(/[A-Z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

function otherCharacter(character: string): string {
  return usccAlphabet[(usccAlphabet.indexOf(character) + 7) % usccAlphabet.length]!;
}

/** The row with what is wrong in it; a second row where the dirt is one. */
export function soiled(row: RegistryRow, dirt: RegistryDirt, about: About): RegistryRow[] {
  return dirt.startsWith('name-')
    ? [{ ...row, ztmc: nameOfAnother(dirt, about) }]
    : stained(row, dirt, about);
}

function stained(row: RegistryRow, dirt: RegistryDirt, { organisation }: About): RegistryRow[] {
  const { ztmc: name, tyshxydm: code } = row;
  const half = Math.ceil(name.length / 2);
  switch (dirt) {
    case 'code-in-small-letters':
      return [{ ...row, tyshxydm: code.toLowerCase() }];
    case 'code-with-wrong-check':
      return [{ ...row, tyshxydm: code.slice(0, -1) + otherCharacter(code.slice(-1)) }];
    case 'check-as-remainder':
      return [{ ...row, tyshxydm: code.endsWith('1') ? `${code.slice(0, -1)}Y` : code }];
    case 'second-name-for-the-code':
      return [row, { ...row, ztmc: `${name.slice(0, 3)}二分厂${name.slice(3)}` }];
    case 'row-twice':
      return [row, row];
    case 'two-names-in-one-field':
      return [{ ...row, ztmc: `${name}（${name.slice(0, half)}经营部）` }];
    case 'blank-inside-name':
      return [{ ...row, ztmc: `${name.slice(0, half)} ${name.slice(half)}` }];
    case 'full-width-letters':
      return [{ ...row, ztmc: `${name.slice(0, 3)}${widened('A8')}${name.slice(3)}` }];
    case 'destroyed-text':
      return [{ ...row, ztmc: `${name.slice(0, half)}\ufffd\ufffd${name.slice(half + 1)}` }];
    case 'columns-shifted':
      return [{ ...row, sf: row.jyfw, cs: row.sf }];
    case 'wide-blank':
      return [{ ...row, dz: row.dz.replace('样例市', '样例市\u3000') }];
    case 'private-character':
      return [{ ...row, ztmc: `${name.slice(0, 3)}\ue001${name.slice(4)}` }];
    case 'control-character':
      return [{ ...row, ztmc: `\u0000\u0000${name}`, dz: `${row.dz}\u007f` }];
    case 'inner-code-check-wrong':
      return [{ ...row, tyshxydm: withWrongInnerCheck(organisation) }];
    case 'number-of-thirteen-digits':
      return [
        { ...row, tyshxydm: '', zch: `329900${String(organisation.number).padStart(7, '0')}` },
      ];
    case 'traditional-characters':
      return [{ ...row, ztmc: `${name.slice(0, 3)}華東${name.slice(3)}` }];
    case 'blank-around-name':
      return [{ ...row, ztmc: ` ${name} ` }];
    default:
      return [row];
  }
}

/** Invented subjects and rows for the tests of linking; codes are of the reserved block. */
import type { LinkQuery, LinkTables } from '../src/register/subjects/domain-link-evidence.ts';
import type { LinkCandidate } from '../src/register/subjects/domain-link-subject.ts';

export const tables: LinkTables = {
  nullWords: new Set(['无', '/', '-', '暂无']),
  scriptVariants: new Map([['龍', '龙']]),
  prefixes: new Set(['11', '51', '91', '92', '93']),
};

export const codeA = '91320100MAXX000900';
export const codeB = '91320100MAXX003220';
export const unknownCode = '91320100MAXX0004XL';

export const aSubject = (part: Partial<LinkCandidate> = {}): LinkCandidate => ({
  subjectId: 'a',
  uscc: codeA,
  organisationCodes: [],
  registrationNumbers: [],
  presentName: '示例市龙井机械（集团）有限公司',
  names: [],
  province: '江苏',
  city: '南京',
  regionCode: '320100',
  aliveFrom: null,
  aliveTo: null,
  status: null,
  ...part,
});
export const otherSubject = (part: Partial<LinkCandidate> = {}): LinkCandidate =>
  aSubject({ subjectId: 'b', uscc: codeB, presentName: '示例市青石建材有限公司', ...part });

export const aQuery = (part: Partial<LinkQuery> = {}): LinkQuery => ({
  name: '示例市龙井机械（集团）有限公司',
  code: null,
  organisationCode: null,
  registrationNumber: null,
  taxNumber: null,
  province: '江苏省',
  city: '南京市',
  regionCode: null,
  decidedOn: null,
  ...part,
});

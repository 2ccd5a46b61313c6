/** Evidence in words: what each piece says of a candidate, and never a sum of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tables } from '../../../tests/link-samples.ts';
import type { LinkQuery } from './domain-link-evidence.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import { type EvidencePiece, weighCandidate } from './domain-link-weigh.ts';

const candidate: LinkCandidate = {
  ...{ subjectId: 's-1', uscc: '91320100MAXX000900', organisationCodes: ['MAXX00090'] },
  ...{ registrationNumbers: ['320100000000001'], presentName: '样例市样例食品有限公司' },
  names: [
    { name: '样例市样例粮油有限公司', kind: 'former', from: null, to: null },
    { name: '样例市样例食品有限公司', kind: 'registered', from: null, to: null },
  ],
  ...{ province: '江苏省', city: '南京市', regionCode: '320100', status: '存续' },
  ...{ aliveFrom: '2015-01-01' as never, aliveTo: null },
};
const nothing: LinkQuery = {
  ...{ name: null, code: null, organisationCode: null, registrationNumber: null },
  ...{ taxNumber: null, province: null, city: null, regionCode: null, decidedOn: null },
};
const weigh = (query: Partial<LinkQuery>) =>
  Object.fromEntries(
    weighCandidate({ ...nothing, ...query }, candidate, tables).map(
      (piece): [EvidencePiece['of'], string] => [
        piece.of,
        `${piece.weight} ${piece.reason?.code ?? ''}`.trim(),
      ],
    ),
  );

describe('a piece of evidence', () => {
  it('that nobody gave says nothing', () => {
    const weights = weighCandidate(nothing, candidate, tables).map(({ weight }) => weight);
    expect(new Set(weights)).toEqual(new Set(['silent']));
  });

  it.each([
    ['code', { code: '91320100MAXX000900' }, 'decisive'],
    ['code', { code: '91320100MAXX003220' }, 'against CODE_DOES_NOT_FIT'],
    ['name', { name: '样例市样例食品有限公司' }, 'strong'],
    ['name', { name: '样例市样例粮油有限公司' }, 'weak NAME_FORMER'],
    ['name', { name: '样例市示例商贸有限公司' }, 'against'],
    ['area', { province: '浙江省', city: '杭州市' }, 'against AREA_DIFFERS'],
    ['area', { province: '江苏', city: '南京' }, 'weak'],
    ['alive', { decidedOn: '2014-12-31' as never }, 'against NOT_ALIVE'],
    ['alive', { decidedOn: '2026-05-25' as never }, 'weak'],
    ['registration-number', { registrationNumber: '320100000000001' }, 'strong'],
  ] as const)('about the %s of %j stands as it should: %s', (of, query, expected) => {
    expect(weigh(query)[of]).toBe(expected);
  });

  it('is weighed by itself: what others say changes nothing about it', () => {
    const name = fc.constantFrom(null, '样例市样例食品有限公司', '另一公司');
    const code = fc.constantFrom(null, '91320100MAXX000900', '91320100MAXX003220', 'x');
    fc.assert(
      fc.property(name, code, (one, other) => {
        expect(weigh({ name: one, code: other })['name']).toBe(weigh({ name: one })['name']);
        expect(weigh({ name: one, code: other })['code']).toBe(weigh({ code: other })['code']);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../kernel/day.ts';
import { usccCheck } from '../../kernel/identifiers/uscc.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import { decideLink } from './domain-link.ts';
import { obviousCode, obviousLink } from './domain-link-obvious.ts';
import { aQuery, aSubject, tables } from '../../../tests/link-samples.ts';

// A small world of names and numbers, so that equal and similar ones meet often.
const word = fc.constantFrom('示例市', '示例县', '示例');
// 龙井厂 lets a blank fall between what could be two names.
const middle = fc.constantFrom('龙井', '青石', '龙井厂');
const tail = fc.constantFrom('有限公司', '有限责任公司', '（集团）有限公司', '厂');
const someName = fc
  .tuple(word, middle, fc.constantFrom('机械', '建材'), tail)
  .map((parts) => parts.join(''));
const code = fc.integer({ min: 0, max: 7 }).map((serial) => {
  const first17 = `91320100MAXX000${String(serial).padStart(2, '0')}`;
  return first17 + usccCheck(first17)!;
});
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const organisationCode = fc.constantFrom('748204660', '594672399', 'D2143569X');
const registrationNumber = fc.constantFrom('320100000012341', '110000013456783');
const place = fc.constantFrom(['江苏', '南京'], ['江苏', '苏州'], ['浙江', '杭州'], [
  null,
  null,
] as const);
const kind = fc.constantFrom('registered', 'former', 'second', 'short' as const);
const candidate = (id: string): fc.Arbitrary<LinkCandidate> =>
  fc
    .record({
      uscc: maybe(code),
      organisationCodes: fc.array(organisationCode, { maxLength: 1 }),
      registrationNumbers: fc.array(registrationNumber, { maxLength: 1 }),
      presentName: someName,
      names: fc.array(
        fc.tuple(someName, kind).map(([name, as]) => ({ name, kind: as, from: null, to: null })),
        { maxLength: 1 },
      ),
      place,
    })
    .map(({ place: [province, city], ...rest }) =>
      aSubject({
        ...rest,
        subjectId: id,
        province: province ?? null,
        city: city ?? null,
        regionCode: null,
      }),
    );
const world = fc
  .integer({ min: 0, max: 4 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => candidate(`s${i}`))));
const anyQuery = fc
  .record({
    name: maybe(someName),
    code: maybe(fc.oneof(code, fc.constantFrom('00000000000000000X', '91320100MAXX000909', 'O'))),
    organisationCode: maybe(organisationCode),
    registrationNumber: maybe(registrationNumber),
    place,
  })
  .map(({ place: [province, city], ...rest }) =>
    aQuery({ ...rest, province: province ?? null, city: city ?? null }),
  );

describe('properties of linking', () => {
  it('an obvious row is decided as it would be after weighing everything', () => {
    const day = fc
      .constantFrom('2018-05-01', '2020-01-01', '2026-03-02')
      .map((text) => text as Day);
    const lived = fc.record({ aliveFrom: maybe(day), aliveTo: maybe(day) });
    let obvious = 0;
    fc.assert(
      fc.property(
        candidate('s0').chain((one) => lived.map((life) => ({ ...one, ...life }))),
        fc.oneof(
          { weight: 3, arbitrary: fc.constant('as registered' as const) },
          { weight: 1, arbitrary: fc.constant('otherwise' as const) },
        ),
        anyQuery,
        maybe(day),
        (subject, how, other, decidedOn) => {
          const { presentName: name, uscc } = subject;
          const bare = { organisationCode: null, registrationNumber: null, taxNumber: null };
          const nowhere = { province: null, city: null, regionCode: null };
          const same = { ...aQuery({ name, code: uscc, ...bare, ...nowhere }), decidedOn };
          const query = how === 'as registered' ? same : { ...other, decidedOn };
          if (obviousCode(query, tables) === null) return;
          const decision = obviousLink(query, subject);
          if (decision === null) return;
          obvious += 1;
          expect(decision).toEqual(decideLink(query, [subject], tables));
        },
      ),
      { numRuns: 3_000 },
    );
    expect(obvious).toBeGreaterThan(500);
  });

  it('the order of the candidates never matters', () => {
    fc.assert(
      fc.property(anyQuery, world, fc.infiniteStream(fc.nat(1000)), (query, subjects, stream) => {
        const order = subjects.map((subject) => ({ subject, at: stream.next().value as number }));
        const shuffled = order.sort((a, b) => a.at - b.at).map(({ subject }) => subject);
        expect(decideLink(query, shuffled, tables)).toEqual(decideLink(query, subjects, tables));
      }),
      { numRuns: 3_000 },
    );
  });

  it('another subject with a similar or equal name never makes a link', () => {
    const stranger = fc.tuple(someName, place, kind).map(([presentName, [province, city], as]) =>
      aSubject({
        subjectId: 'stranger',
        uscc: '91320100MAXX00170K',
        presentName,
        names: [{ name: presentName, kind: as, from: null, to: null }],
        province: province ?? null,
        city: city ?? null,
      }),
    );
    fc.assert(
      fc.property(anyQuery, world, stranger, (query, subjects, extra) => {
        const before = decideLink(query, subjects, tables);
        const after = decideLink(query, [...subjects, extra], tables);
        if (after.outcome !== 'linked') return;
        // The only way a stranger may be linked is as the one exact bearer of the name in its area,
        // and it may never help another to a link.
        if (after.subjectId === 'stranger') {
          expect(after.method).toBe('name-and-area');
          expect(extra.presentName).toBe(query.name);
          expect(before).toMatchObject({ outcome: expect.stringMatching(/none|review/) });
          expect(subjects.some(({ presentName }) => presentName === query.name)).toBe(false);
        } else {
          expect(before).toEqual(after);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('brackets, width and blanks never change the decision', () => {
    const noise = fc.constantFrom('', '', ' ', '\u3000', '\u200B');
    fc.assert(
      fc.property(
        anyQuery,
        world,
        fc.array(noise, { minLength: 20, maxLength: 20 }),
        (query, subjects, gaps) => {
          fc.pre(query.name !== null);
          const name = [...query.name!]
            .map((char, i) => gaps[i % 20]! + (char === '（' ? '(' : char === '）' ? ' )' : char))
            .join('');
          const typed = query.code === null ? null : gaps[0] + query.code.toLowerCase();
          expect(decideLink({ ...query, name, code: typed }, subjects, tables)).toEqual(
            decideLink(query, subjects, tables),
          );
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('a link always rests on the evidence it names', () => {
    fc.assert(
      fc.property(anyQuery, world, (query, subjects) => {
        const decision = decideLink(query, subjects, tables);
        if (decision.outcome !== 'linked') return;
        const subject = subjects.find(({ subjectId }) => subjectId === decision.subjectId)!;
        const bears = [subject.presentName, ...subject.names.map(({ name }) => name)];
        if (query.name !== null) expect(bears).toContain(query.name);
        if (decision.method === 'uscc' || decision.method === 'uscc-former-name') {
          expect(subject.uscc).toBe(query.code);
          expect(subjects.filter(({ uscc }) => uscc === query.code)).toHaveLength(1);
        }
        if (decision.method === 'name-and-area') {
          const bearers = subjects.filter(
            ({ presentName, names }) =>
              presentName === query.name || names.some(({ name }) => name === query.name),
          );
          expect(bearers).toEqual([subject]);
          expect([subject.province, subject.city]).toEqual([query.province, query.city]);
          // A code that was given is nobody else's; without one, those who have none are no rivals.
          const given = query.code !== null && query.code !== subject.uscc;
          expect(given && subjects.some(({ uscc }) => uscc === query.code)).toBe(false);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});

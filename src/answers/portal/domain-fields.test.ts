import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldRoleSchema } from '../../kernel/rulebook/standards.ts';
import { isPublicField, publicFields, publicValue, shownText } from './domain-fields.ts';

type Field = Parameters<typeof publicFields>[0] extends { fields: readonly (infer F)[] } | null
  ? F
  : never;
const field = (part: Partial<Field> = {}): Field =>
  ({ id: 'F', name: '字段', type: 'text', audience: 'public', ...part }) as Field;

describe('who may read a field', () => {
  it('is decided by the standard first: what is not public is shown to nobody', () => {
    for (const audience of ['government', 'authorised', 'never'] as const) {
      for (const role of [undefined, ...fieldRoleSchema.options]) {
        expect(isPublicField({ audience, ...(role && { role }) } as Field, 'registration')).toBe(
          false,
        );
      }
    }
  });

  it('never lets a person stand beside a record, whatever the standard says', () => {
    const persons = fieldRoleSchema.options.filter((role) =>
      /representative|natural|tax/.test(role),
    );
    expect(persons.length).toBeGreaterThan(4);
    for (const role of persons) {
      expect(isPublicField(field({ role }), 'penalty'), role).toBe(false);
      expect(isPublicField(field({ role }), 'severe-list'), role).toBe(false);
    }
    expect(isPublicField(field({ role: 'representative-name' }), 'registration')).toBe(true);
    expect(isPublicField(field({ type: 'code', codeKind: 'natural' }), 'registration')).toBe(false);
  });
});

describe('a value as the public reads it', () => {
  it('is masked where the standard says so', () => {
    expect(publicValue(field({ mask: [1, 1] }), '1234567')).toBe('1*****7');
  });

  it('loses identity numbers, telephones and cards wherever they stand', () => {
    for (const type of ['text', 'enum', 'enum-list', 'code'] as const) {
      const shown = publicValue(field({ type }), '联系人电话13812345678，身份证110101199003077758');
      expect(shown, type).not.toMatch(/13812345678|110101199003077758/);
    }
  });

  it('keeps codes of organisations, days and amounts as they are', () => {
    expect(publicValue(field({ type: 'code' }), '91320100MAXX000900')).toBe('91320100MAXX000900');
    expect(publicValue(field({ type: 'date' }), '2026-05-25')).toBe('2026-05-25');
    expect(publicValue(field({ type: 'decimal' }), '13812345678.00')).toBe('13812345678.00');
  });

  it('holds no mobile number, however it is wrapped', () => {
    const around = fc.string({ unit: fc.constantFrom('，', '人', '：', '。', '号'), maxLength: 8 });
    const mobile = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{9}$/))
      .map(([second, rest]) => `1${second}${rest}`);
    fc.assert(
      fc.property(around, mobile, around, (before, number, after) => {
        expect(shownText(`电话：${number}`)).not.toContain(number);
        const text = `${before.replaceAll('号', '')}电话${number}${after.replaceAll('号', '')}`;
        expect(shownText(text)).not.toContain(number);
      }),
    );
  });
});

describe('the fields of a record', () => {
  it('stand in the order of the standard, empty ones and unknown ones left out', () => {
    const standard = {
      fields: [
        field({ id: 'B', name: '金额（万元）', unit: '万元' }),
        field({ id: 'A', name: '事由' }),
        field({ id: 'C' }),
        field({ id: 'N', role: 'subject-name' }),
      ],
    };
    const values = { A: '甲', B: '2', C: '', N: '名称', X: '不在标准里' };
    expect(publicFields(standard, values, 'penalty')).toEqual([
      { id: 'B', name: '金额', value: '2', unit: '万元', role: null },
      { id: 'A', name: '事由', value: '甲', unit: null, role: null },
    ]);
    expect(publicFields(null, values, 'penalty')).toEqual([]);
  });
});

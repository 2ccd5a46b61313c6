import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  checkWrittenAsRemainder,
  isStrictUscc,
  isUsccForm,
  lookAlikeSuggestion,
  looksLikeEarlyXiamen,
  organisationCodeInUscc,
  placeholderUscc,
  usccAlphabet,
  usccCheck,
} from './uscc.ts';
import { isOrganisationCode, organisationCodeCheck } from './organisation-code.ts';
import { isRegistrationNumber, registrationNumberCheck } from './registration-number.ts';
import { isResidentId, readResidentId, residentIdCheck, residentIdTo18 } from './resident-id.ts';
import { readTaxNumber } from './tax-number.ts';

const published = `91320100748204660Q 91320281142232229Q 91310000132215150M 91320000134762764K
  91360000625912173B 91440300618819640R 91130105107743680U 91510185MA64ND8627 91510104MA6CFT042R
  11320100MB1886843H 91230500MA1B3N1N2M 11230500001755309F 11420000MB15291767 91320105780688132K
  91430105183767369W 92610822MA707NAX4Q 92141127MA0KD1Y64A 12440600MB2C07549J`.split(/\s+/);

const reserved = `11320100MBXX00019X 12320100MBXX00027M 31320100MDXX00032C 51320100MJXX00042M
  52320100MJXX00050D 53320100MJXX000697 55320100MXX000078T 81320100MCXX0008XX 92320100MAXX00103J
  93320100MAXX00111A A1320100MXX0001233 G1320100MXX000131P J1320100MXX00014XD N2320100MFXX00152H
  Y1320100MXX000166U 91320100MAXX000900 91320100MAXX003220 91320100MAXX0004XL
  91320100MAXX00170K`.split(/\s+/);

const alphabet = [...usccAlphabet];
const digit = fc.constantFrom(...'0123456789');
const letter = fc.constantFrom(...alphabet);
/** Any code whose check character is right. */
const strictCode = fc
  .tuple(
    fc.string({ unit: letter, minLength: 2, maxLength: 2 }),
    fc.string({ unit: digit, minLength: 6, maxLength: 6 }),
    fc.string({ unit: letter, minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''))
  .filter((first17) => !/^0+$/.test(first17))
  .map((first17) => first17 + usccCheck(first17)!);

describe('the unified code', () => {
  test.each([...published, ...reserved])(
    '%s holds, and so does the organisation code inside',
    (code) => {
      expect(isStrictUscc(code)).toBe(true);
      expect(isOrganisationCode(organisationCodeInUscc(code))).toBe(true);
    },
  );

  test('a sum divisible by 31 gives the check character 0', () => {
    expect(usccCheck('91320100MAXX00090')).toBe('0');
    expect(usccCheck('91320100MAXX00322')).toBe('0');
  });

  test('eighteen zeros are no code although both checks hold', () => {
    expect(usccCheck('0'.repeat(17))).toBe('0');
    expect(isStrictUscc('0'.repeat(18))).toBe(false);
    expect(isStrictUscc('1'.repeat(18))).toBe(false);
    expect(isStrictUscc(placeholderUscc)).toBe(false);
  });

  test('letters I, O, S, V and Z, lower case, 17 and 19 characters are not the form', () => {
    for (const char of 'IOSVZ') expect(isUsccForm(`91320100MA${char}X00090A`)).toBe(false);
    expect(isUsccForm('91320100maxx000900')).toBe(false);
    expect(isUsccForm('91320100MAXX00090')).toBe(false);
    expect(isUsccForm('91320100MAXX0009000')).toBe(false);
    expect(usccCheck('91320100MAXX0009')).toBeNull();
  });

  it('has one right check character for any seventeen characters', () => {
    fc.assert(
      fc.property(strictCode, (code) => {
        expect(isStrictUscc(code)).toBe(true);
        const others = alphabet.filter((char) => char !== code[17]);
        for (const char of others) expect(isStrictUscc(code.slice(0, 17) + char)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('detects every single substituted character', () => {
    fc.assert(
      fc.property(strictCode, fc.nat(17), letter, (code, at, char) => {
        fc.pre(code[at] !== char);
        expect(isStrictUscc(code.slice(0, at) + char + code.slice(at + 1))).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  it('detects every transposition of neighbours', () => {
    fc.assert(
      fc.property(strictCode, fc.nat(16), (code, at) => {
        fc.pre(code[at] !== code[at + 1]);
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        expect(isStrictUscc(swapped)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });

  test('a check character that is the remainder 30 itself is recognised', () => {
    // 1 would be right; Y is the remainder written as it is.
    const code = first17WithRemainder30();
    expect(isStrictUscc(`${code}1`)).toBe(true);
    expect(checkWrittenAsRemainder(`${code}Y`)).toBe(true);
    expect(checkWrittenAsRemainder(`${code}1`)).toBe(false);
    expect(checkWrittenAsRemainder('91320100748204660Y')).toBe(false);
  });

  test('early Xiamen codes are recognised by their block and their sound inner part', () => {
    expect(looksLikeEarlyXiamen('91350203M0001QKT19')).toBe(true);
    expect(usccCheck('91350203M0001QKT1')).toBe('F');
    expect(looksLikeEarlyXiamen('91350203M0001QKT1F')).toBe(false);
    expect(looksLikeEarlyXiamen('91350203M0001QKT29')).toBe(false);
    expect(looksLikeEarlyXiamen('91320203M0001QKT19')).toBe(false);
  });

  test('O and I are suggested as 0 and 1 only where that gives a strict code', () => {
    expect(lookAlikeSuggestion('9132O100748204660Q')).toBe('91320100748204660Q');
    expect(lookAlikeSuggestion('9I320100748204660Q')).toBe('91320100748204660Q');
    expect(lookAlikeSuggestion('9132O100748204661Q')).toBeNull();
    expect(lookAlikeSuggestion('91320100748204660Q')).toBeNull();
  });
});

function first17WithRemainder30(): string {
  for (let serial = 0; ; serial += 1) {
    const first17 = `91320100MAXX0${String(serial).padStart(4, '0')}`;
    if (usccCheck(first17) === '1') return first17;
  }
}

describe('older numbers of organisations', () => {
  test.each([
    ['D2143569', 'X'],
    ['59467239', '9'],
    ['74820466', '0'],
  ])('organisation code %s has the check character %s', (body, check) => {
    expect(organisationCodeCheck(body)).toBe(check);
    expect(isOrganisationCode(body + check)).toBe(true);
  });

  test('letters that the unified code does not use stand in organisation codes', () => {
    const check = organisationCodeCheck('IOSVZ000')!;
    expect(isOrganisationCode(`IOSVZ000${check}`)).toBe(true);
    expect(isOrganisationCode('000000000')).toBe(false);
    expect(organisationCodeCheck('7482046')).toBeNull();
  });

  test.each(['110000013456783', '320100000012341', '320500600123457'])(
    'registration number %s holds',
    (number) => expect(isRegistrationNumber(number)).toBe(true),
  );

  it('detects every single wrong digit of a registration number', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: digit, minLength: 14, maxLength: 14 }),
        fc.nat(14),
        digit,
        (first14, at, other) => {
          const number = first14 + registrationNumberCheck(first14)!;
          fc.pre(number[at] !== other);
          expect(isRegistrationNumber(number.slice(0, at) + other + number.slice(at + 1))).toBe(
            false,
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('identity numbers, which are recognised to be refused', () => {
  test('the published example holds, a changed digit does not', () => {
    expect(isResidentId('11010519491231002X')).toBe(true);
    expect(isResidentId('110105194912310021')).toBe(false);
    expect(residentIdCheck('11010519491231002')).toBe('X');
  });

  test('fifteen digits become eighteen', () => {
    expect(residentIdTo18('130503670401001')).toBe('130503196704010016');
    expect(residentIdTo18('130503671301001')).toBeNull();
    expect(residentIdTo18('11010519491231002X')).toBeNull();
  });

  test('a date that does not exist is no identity number', () => {
    expect(readResidentId('11010519490230002X')).toBeNull();
    expect(readResidentId('110105194902290021')).toBeNull();
    expect(readResidentId('990105194912310021')).toBeNull();
  });

  test('the card of foreigners who live here permanently is one too', () => {
    expect(isResidentId('911124198108030024')).toBe(true);
  });
});

describe('tax numbers', () => {
  test('fifteen characters give the organisation code', () => {
    expect(readTaxNumber('320100748204660')).toEqual({
      form: 15,
      organisationCode: '748204660',
      holdsResidentId: false,
    });
  });

  test('eighteen are the unified code', () => {
    expect(readTaxNumber('91320100748204660Q')?.organisationCode).toBe('748204660');
  });

  test.each([
    ['11010519491231002X', 18],
    ['11010519491231002X01', 20],
    ['13050367040100101', 17],
    ['130503670401001', 15],
  ])('%s holds an identity number', (value, form) => {
    expect(readTaxNumber(value)).toEqual({ form, organisationCode: null, holdsResidentId: true });
  });

  test('anything else is no tax number', () => {
    for (const value of ['', '12345', '32010074820466A', '0'.repeat(15), '91320100748204660']) {
      expect(readTaxNumber(value)).toBeNull();
    }
  });
});

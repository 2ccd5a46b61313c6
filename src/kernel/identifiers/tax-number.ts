/**
 * Taxpayer identification number 纳税人识别号 (data-standards §1.4). Eighteen characters are the
 * unified code; fifteen are a division and an organisation code; 15, 17, 18 and 20 can be a person's
 * identity number with or without a two-digit suffix. Numbers that hold an identity number are never
 * shown (§14 trap 11). The standard of these numbers has no check of its own.
 */
import { isOrganisationCode } from './organisation-code.ts';
import { isResidentId, readResidentId } from './resident-id.ts';
import { isStrictUscc, organisationCodeInUscc } from './uscc.ts';

/** A tax number by its form. */
export type TaxNumberReading = {
  readonly form: 15 | 17 | 18 | 20;
  /** Organisation code inside, when its own check holds or the whole is a strict unified code. */
  readonly organisationCode: string | null;
  /** The number contains what reads as a person's identity number. */
  readonly holdsResidentId: boolean;
};

/** Reads a cleaned value (upper case, no blanks) as a tax number; `null` when no form fits. */
export function readTaxNumber(value: string): TaxNumberReading | null {
  if (/^(.)\1+$/.test(value)) return null;
  switch (value.length) {
    case 15:
      return readFifteen(value);
    case 17:
      // A fifteen-digit identity number and a suffix.
      return /^\d{17}$/.test(value) && readResidentId(value.slice(0, 15)) !== null
        ? { form: 17, organisationCode: null, holdsResidentId: true }
        : null;
    case 18:
      if (isStrictUscc(value)) {
        const organisationCode = organisationCodeInUscc(value);
        return { form: 18, organisationCode, holdsResidentId: false };
      }
      return isResidentId(value)
        ? { form: 18, organisationCode: null, holdsResidentId: true }
        : null;
    case 20:
      return /^\d{2}$/.test(value.slice(18)) && isResidentId(value.slice(0, 18))
        ? { form: 20, organisationCode: null, holdsResidentId: true }
        : null;
    default:
      return null;
  }
}

function readFifteen(value: string): TaxNumberReading | null {
  if (!/^\d{6}[0-9A-Z]{9}$/.test(value)) return null;
  const organisationCode = value.slice(6);
  if (isOrganisationCode(organisationCode)) {
    return { form: 15, organisationCode, holdsResidentId: false };
  }
  return readResidentId(value) === null
    ? null
    : { form: 15, organisationCode: null, holdsResidentId: true };
}

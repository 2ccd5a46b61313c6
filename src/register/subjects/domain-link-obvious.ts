/**
 * Rows that leave nothing to weigh: a code right in every character and the name exactly as registered,
 * no other number, no area. Nearly all rows are such, and the long way ({@link decideRow}) would say the
 * same of them at twenty times the cost; a property test holds the two together.
 */
import { isStrictUscc } from '../../kernel/identifiers/uscc.ts';
import { isNullWord } from '../../kernel/text/normalise.ts';
import { isDamagedName, isMaskedName } from '../../kernel/text/organisation-name.ts';
import type { LinkDecision } from './domain-link.ts';
import type { LinkQuery, LinkTables } from './domain-link-evidence.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import { reasonsOf } from './domain-link-reasons.ts';

// A letter before the check character: a person's number never has one there.
const withLetter = /^[0-9A-Z]{0,16}[A-Z]/;
const notes = reasonsOf(['LINKED_BY_CODE']);

/** The code a row can be obvious by; `null` where anything beside code and name wants weighing. */
export function obviousCode(query: LinkQuery, tables: LinkTables): string | null {
  const { code, name } = query;
  if (code === null || name === null) return null;
  const alone =
    query.organisationCode === null &&
    query.registrationNumber === null &&
    query.taxNumber === null &&
    query.province === null &&
    query.city === null &&
    query.regionCode === null;
  if (!alone || isMaskedName(name) || isDamagedName(name)) return null;
  if (isNullWord(name, tables.nullWords)) return null;
  if (!withLetter.test(code) || !isStrictUscc(code)) return null;
  return tables.prefixes?.has(code.slice(0, 2)) === false ? null : code;
}

/** The link of an obvious row to the one subject found under its code; `null`: weigh it. */
export function obviousLink(query: LinkQuery, candidate: LinkCandidate): LinkDecision | null {
  if (candidate.uscc !== query.code || candidate.presentName !== query.name) return null;
  const { decidedOn } = query;
  if (decidedOn !== null) {
    if (candidate.aliveFrom !== null && decidedOn < candidate.aliveFrom) return null;
    if (candidate.aliveTo !== null && decidedOn > candidate.aliveTo) return null;
  }
  return { outcome: 'linked', subjectId: candidate.subjectId, method: 'uscc', notes };
}

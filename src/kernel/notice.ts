/**
 * Letters and messages as the floors below `trust/notices` ask for them: in the transaction of what they
 * tell of. These types are shared by all floors; the letters are `trust/notices`, bound by `app`.
 */
import type { NoticeAddressee } from './rulebook/notices.ts';

/** Whom a letter is for: code of the account, unit, organisation or position. */
export type Addressee = { readonly kind: NoticeAddressee; readonly code: string };

/** A letter somebody wants written. */
export type NoticeWanted = {
  /** Code of its template in the rulebook. */
  readonly template: string;
  readonly to: Addressee;
  readonly values: Readonly<Record<string, string | number>>;
  /** What it tells of: `account:…`, `organisation:…`, `batch:…`. */
  readonly about: string;
  /** The account that caused it. */
  readonly by: string;
  /** A letter of this key is written once, whoever asks again. */
  readonly once?: string;
};

/**
 * Writes a letter in the caller's transaction. What the letter is told of is never held up by it: a letter
 * that can not be written is an event, and the rest goes on.
 */
export type Notify<Tx> = (tx: Tx, wanted: NoticeWanted) => Promise<void>;

/** What the checker is asked about: one matter recorded about an organisation, in its own words. */

/** A channel of disclosure. */
export type Way = 'show' | 'share' | 'use' | 'report';
export const ways: readonly Way[] = ['show', 'share', 'use', 'report'];

/** Weight of a matter; `null` is "nobody said". */
export type Weight = 'minor' | 'general' | 'serious';

/** One matter. Days are `YYYY-MM-DD`; what nobody said is `null`. */
export type Matter = {
  /** Code of the directory item it was collected under. */
  readonly item: string;
  /** Division code of the place whose law applies. */
  readonly place: string;
  readonly sector: string | null;
  /** Day of first receipt. */
  readonly received: string;
  /** Day of the decision (认定日). */
  readonly decided: string;
  readonly publicised: string | null;
  readonly conductEnded: string | null;
  readonly publicUntil: string | null;
  readonly validUntil: string | null;
  /** Last day on a list or in a directory. */
  readonly ended: string | null;
  /** Evidenced day on which review and suit were over. */
  readonly remedyOver: string | null;
  readonly procedure: 'summary' | 'ordinary' | 'hearing' | null;
  readonly kinds: readonly string[];
  /** Class marked by the determining unit. */
  readonly marked: Weight | null;
  /** For commitments: whom they may be disclosed to. */
  readonly publication: 'public' | 'limited' | 'none' | null;
  /** First day on which the whole decision no longer stands. */
  readonly annulledFrom: string | null;
  /** A part of the decision annulled: what is left, and since when. */
  readonly leftAfter: {
    readonly from: string;
    readonly kinds: readonly string[];
  } | null;
  /** First day on which the source has ended the display (operation W: the record itself stays). */
  readonly withdrawnFrom: string | null;
  /** First day on which the source has deleted the matter (operation D). */
  readonly deletedFrom: string | null;
  /** Display held because a figure is doubted: first day held, first day cleared. */
  readonly held: { readonly from: string; readonly cleared: string | null } | null;
};

/** Whose installation, and which law is loaded there. */
export type Office = {
  /** Whether two officers have confirmed what nobody read in full. */
  readonly confirmed: boolean;
  readonly sampleCity: boolean;
  /** Only this period of penalty law is loaded; `null`: all of it, with the rules between periods. */
  readonly alone: string | null;
};

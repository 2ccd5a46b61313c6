/**
 * Terms: classes, windows, transitions, limits. Everything a court would ask the source of has its
 * pointer in `basis`. See docs/windows.md for how these rows become windows.
 */
import { z } from 'zod';
import { conditionSchema } from '../rules.ts';
import { familySchema } from './directory.ts';
import { confidenceSchema, daySchema, headerShape, pointerSchema } from './header.ts';

/** 失信等级. `unknown` is a class of its own: a default row applies and the page says so. */
export const classSchema = z.enum(['minor', 'general', 'serious', 'unknown']);
export type SeverityClass = z.infer<typeof classSchema>;

/** The four independent channels of a record. */
export const channelSchema = z.enum(['show', 'share', 'use', 'report']);
export type Channel = z.infer<typeof channelSchema>;

/** Day a clock starts on, by name of the record's own date. */
export const clockStartSchema = z.enum([
  'determination',
  'publicity',
  'valid-from',
  'end-of-conduct',
]);

/**
 * Something that ends a window; the earliest of all bounds counts.
 * `after`: so many months after the clock's start, the corresponding day being the last day.
 * `field`: the record's own last day (`valid-until`, `public-until`, `ended-on`); sentinels mean none.
 */
export const boundSchema = z.union([
  z.strictObject({
    after: z.strictObject({ months: z.number().int().positive(), from: clockStartSchema }),
    basis: z.array(pointerSchema),
  }),
  z.strictObject({
    field: z.enum(['valid-until', 'public-until', 'ended-on']),
    basis: z.array(pointerSchema),
  }),
]);
export type Bound = z.infer<typeof boundSchema>;

/**
 * One row: for which class (`*` = any), under which further condition, whether the channel opens and
 * what ends it. Rows are tried in order; the first whose class and `only` hold governs.
 */
export const channelRowSchema = z.strictObject({
  class: z.union([classSchema, z.literal('*')]),
  only: conditionSchema.optional(),
  /** `receipt`: from the day of first receipt; `never`; `evidence`: from an evidenced date. */
  opens: z.enum(['receipt', 'never', 'evidence']),
  evidence: z.enum(['remedy-over']).optional(),
  ends: z.array(boundSchema).default([]),
  /** Earliest early end by repair, counted like `after`; shown in explanations. */
  minMonths: z.number().int().nonnegative().optional(),
  basis: z.array(pointerSchema).min(1),
  confidence: confidenceSchema.default('confirmed'),
  note: z.string().optional(),
});
export type ChannelRow = z.infer<typeof channelRowSchema>;

const sectorFilter = z.strictObject({
  only: z.array(z.string()).optional(),
  except: z.array(z.string()).optional(),
});

/**
 * A regime: how the channels of some families run while it is in force. `shorten` overlays may only
 * make windows shorter; `base` is the regime itself.
 */
export const regimeSchema = z.strictObject({
  kind: z.literal('regime'),
  ...headerShape,
  families: z.array(familySchema).min(1),
  sectors: sectorFilter.default({}),
  combine: z.enum(['base', 'shorten']),
  /** Among several base regimes for one family and day the highest number governs; ties are refused. */
  precedence: z.number().int(),
  /** A live ban that outlasts the maximum keeps the record shown until the ban ends. */
  ban: z
    .strictObject({
      extends: z.boolean(),
      kinds: z.array(z.string()),
      basis: z.array(pointerSchema),
      confidence: confidenceSchema.default('confirmed'),
    })
    .optional(),
  channels: z.partialRecord(channelSchema, z.array(channelRowSchema)),
});
export type Regime = z.infer<typeof regimeSchema>;

/** Which records decided before a regime's first day keep the maximum of the regime before it. */
export const transitionSchema = z.strictObject({
  kind: z.literal('transition'),
  ...headerShape,
  from: z.array(z.string()).min(1),
  to: z.string(),
  since: daySchema,
  /** `shorter-of-maxima`: from `since` on, older records end at the earlier of both maxima. */
  rule: z.enum(['shorter-of-maxima', 'new-only']),
  channels: z.array(channelSchema),
});
export type Transition = z.infer<typeof transitionSchema>;

/** How a class is resolved: rows of conditions, the heaviest class that holds governs. */
export const classStandardSchema = z.strictObject({
  kind: z.literal('classes'),
  ...headerShape,
  families: z.array(familySchema).min(1),
  sectors: sectorFilter.default({}),
  precedence: z.number().int(),
  /** Whether a class marked by the determining unit itself goes before the rows. */
  reportedFirst: z.boolean(),
  rows: z.array(
    z.strictObject({
      class: z.enum(['minor', 'general', 'serious']),
      when: conditionSchema,
      text: z.string(),
      textEn: z.string(),
      basis: z.array(pointerSchema).min(1),
      confidence: confidenceSchema.default('confirmed'),
    }),
  ),
  /** Class whose window rows govern while the class is unknown. */
  default: z.strictObject({
    windowsOf: z.enum(['minor', 'general', 'serious']),
    text: z.string(),
    textEn: z.string(),
    basis: z.array(pointerSchema),
    confidence: confidenceSchema,
  }),
});
export type ClassStandard = z.infer<typeof classStandardSchema>;

/** A term of adverse information by local regulation; bounds share, use and report (design §12.8). */
export const localBoundSchema = z.strictObject({
  kind: z.literal('local-bound'),
  ...headerShape,
  /** Directory natures it applies to. */
  natures: z.array(z.enum(['positive', 'negative', 'neutral'])),
  channels: z.array(channelSchema),
  years: z.number().int().positive(),
  from: clockStartSchema,
  basis: z.array(pointerSchema).min(1),
});
export type LocalBound = z.infer<typeof localBoundSchema>;

/** Sectors and how an authority's is recognised where the register of units does not say. */
export const sectorsSchema = z.strictObject({
  kind: z.literal('sectors'),
  ...headerShape,
  sectors: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z][a-z-]*$/),
      name: z.string(),
      nameEn: z.string(),
      /** Parts of an authority's name that give it away, e.g. `市场监督管理`. */
      authorityNames: z.array(z.string()),
    }),
  ),
});
export type Sectors = z.infer<typeof sectorsSchema>;

/** Limits, thresholds and other single figures (rules.md §14.3). */
export const limitsSchema = z.strictObject({
  kind: z.literal('limits'),
  ...headerShape,
  limits: z.array(
    z.strictObject({
      key: z.string().regex(/^[a-z][a-z0-9.-]*$/),
      value: z.union([z.number(), z.string(), z.boolean()]),
      unit: z.enum([
        'workday',
        'day',
        'month',
        'year',
        'date',
        'percent',
        'percent-per-day',
        'yuan-per-kwh',
        'yuan',
        'count',
        'per-year',
        'choice',
        'byte',
        'second',
      ]),
      applies: z.string(),
      basis: z.array(pointerSchema),
      confidence: confidenceSchema,
      note: z.string().optional(),
    }),
  ),
});
export type Limits = z.infer<typeof limitsSchema>;

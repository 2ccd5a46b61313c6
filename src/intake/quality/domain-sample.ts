/** 抽查: what a sample judged against the decision papers says of a month. Pure. */

/** What was found: as the paper says, not as it says, or no paper was shown. */
export const verdicts = ['right', 'wrong', 'unproven'] as const;
export type Verdict = (typeof verdicts)[number];

/** A sample as far as it was judged. */
export type Sampled = { readonly size: number; readonly judged: number; readonly right: number };

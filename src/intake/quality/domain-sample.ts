/** 抽查: what a sample judged against the decision papers says of a month. Pure. */

/** What was found: as the paper says, not as it says, or no paper was shown. */
export const findings = ['right', 'wrong', 'unproven'] as const;
export type Finding = (typeof findings)[number];

/** A sample as far as it was judged. */
export type Sampled = { readonly size: number; readonly judged: number; readonly right: number };

/** Most rows one sample may have: each is looked up by a person. */
export const mostSampled = 1_000;

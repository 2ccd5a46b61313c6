/** Words for refusals of quality. */
/** Sentences by refusal code. */
export const qualityWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> =
  {
    'quality.bad-period': {
      zh: '月份“{period}”不正确，应写作2026-03的样子。',
      en: 'Period "{period}" is not a month; write it like 2026-03.',
    },
    'quality.not-begun': {
      zh: '{period}尚未开始，没有可以计算的数据。请另选月份。',
      en: '{period} has not begun: there is nothing to measure. Choose another month.',
    },
    'quality.bad-figure': {
      zh: '不能按“{figure}”打开明细。可以打开的有：{known}。',
      en: 'There are no rows by the name "{figure}". There are: {known}.',
    },
    'quality.bad-place': {
      zh: '翻页位置“{place}”不正确，请用上一页给出的位置。',
      en: 'Place "{place}" is none; use the one the page before gave.',
    },
  };

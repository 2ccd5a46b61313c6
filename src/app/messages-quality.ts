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
    'quality.month-not-over': {
      zh: '{period}尚未结束，还不能抽查。请在月后抽取。',
      en: '{period} is not over: no sample can be drawn yet. Draw it after the month.',
    },
    'quality.bad-size': {
      zh: '抽查行数应为1至{most}的整数。请改正后再试。',
      en: 'A sample has 1 to {most} rows, a whole number. Correct it and try again.',
    },
    'quality.nothing-to-sample': {
      zh: '{provider}的{item}在{period}没有入库的数据，无可抽查。请核对单位、事项和月份。',
      en: 'Nothing of {provider}, {item} was stored in {period}: there is nothing to sample. Check unit, item and month.',
    },
    'quality.sampled-already': {
      zh: '{provider}的{item}在{period}已经抽取，不再重抽。请查看原来的抽查。',
      en: 'A sample of {provider}, {item} in {period} was drawn and is not drawn again. Look at that one.',
    },
    'quality.no-sample': {
      zh: '{provider}的{item}在{period}没有抽查。请先抽取。',
      en: 'No sample of {provider}, {item} in {period} was drawn. Draw one first.',
    },
    'quality.no-such-row': {
      zh: '抽查共{size}行，没有第{no}行。请核对序号。',
      en: 'The sample has {size} rows and no row {no}. Check the number.',
    },
    'quality.bad-verdict': {
      zh: '核查结论“{verdict}”不正确，应为其中之一：{known}。',
      en: 'There is no verdict "{verdict}". It is one of: {known}.',
    },
    'quality.note-missing': {
      zh: '第{no}行：不一致、没有出示原件，或者改变结论的，须写明情况（--note）。',
      en: 'Row {no}: say what is wrong, that no paper was shown, or why the verdict changes (--note).',
    },
    'quality.judged-by-you': {
      zh: '第{no}行的结论是您作出的，改变结论须由另一人作出。',
      en: 'You judged row {no}; another person has to change the verdict.',
    },
    'quality.own-department': {
      zh: '抽查由信用中心进行，被抽查的单位不能抽取或者核查自己的数据。',
      en: 'The centre samples; a department does not draw or judge its own data.',
    },
  };

/** Words for what collection through the office refuses. */

/** Sentences by refusal code; see messages.ts. */
export const collectionWords: Readonly<
  Record<string, { readonly zh: string; readonly en: string }>
> = {
  'collection.no-such-unit': {
    zh: '没有代码为“{code}”的单位，或者不是您的单位。请核对代码。',
    en: 'There is no unit "{code}", or it is not yours. Check the code.',
  },
  'collection.bad-page': {
    zh: '页码标记不正确。请从第一页重新查阅。',
    en: 'The mark of the page is not valid. Begin with the first page.',
  },
  'collection.wrong-state': {
    zh: '批次当前状态为“{state}”，处理完毕后才能办理。请稍后再试。',
    en: 'The batch is in state "{state}"; wait until it is worked through.',
  },
  'collection.nothing-wrong': {
    zh: '这个批次没有退回或者待核的行，不需要更正。',
    en: 'No row of this batch was given back or waits: there is nothing to correct.',
  },
  'collection.row-twice': {
    zh: '第{row}行在更正中出现两次。请只保留一次。',
    en: 'Row {row} is corrected twice. Send it once.',
  },
  'collection.no-such-row': {
    zh: '第{row}行不在这个批次退回和待核的行之中。请刷新后核对行号。',
    en: 'Row {row} is not among the wrong and waiting rows of this batch. Look at them anew.',
  },
  'collection.row-not-kept': {
    zh: '第{row}行涉及自然人，内容没有保存，不能在这里更正。确属组织的，请改正后重新报送文件。',
    en: 'Row {row} is about a person and was not kept: it can not be corrected here. Send the file anew.',
  },
  'collection.no-such-field': {
    zh: '数据标准没有字段“{field}”。请核对字段。',
    en: 'The standard has no field "{field}". Check it.',
  },
};

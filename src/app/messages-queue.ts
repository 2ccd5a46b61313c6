/** Words for what the queue refuses. */

/** Sentences by refusal code; see messages.ts. */
export const queueWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'queue.bad-page': {
    zh: '翻页位置不正确。请从待办的第一页重新开始。',
    en: 'The place of the page is not valid. Begin again with the first page of the queue.',
  },
  'queue.no-such-kind': {
    zh: '待办中没有您可以查看的“{kind}”类事项。请从列出的种类中选择。',
    en: 'There is no kind "{kind}" in the queue that you may see. Choose one of those listed.',
  },
  'queue.no-such-case': {
    zh: '没有编号为{case}的待办事项。请从待办列表中打开。',
    en: 'There is no matter {case} in the queue. Open one from the list.',
  },
};

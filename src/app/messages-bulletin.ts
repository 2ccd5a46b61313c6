/** Words for refusals of bulletins. */
/** Sentences by refusal code. */
export const bulletinWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> =
  {
    'bulletin.month-not-over': {
      zh: '{period}还没有结束，不能起草这个月的通报。请在月后起草。',
      en: '{period} is not over: its bulletin cannot be drafted yet. Draft it after the month.',
    },
    'bulletin.already-open': {
      zh: '{period}的通报已经起草，还没有发布。请先发布或者撤销。',
      en: 'The bulletin of {period} is drafted and not published yet. Publish or cancel it first.',
    },
    'bulletin.reason-missing': {
      zh: '更正或者撤销{period}的通报，须写明理由（--reason）。请补充后重试。',
      en: 'To correct or cancel the bulletin of {period}, say why (--reason). Add it and try again.',
    },
    'bulletin.none-open': {
      zh: '{period}没有正在办理的通报。请先起草。',
      en: 'No bulletin of {period} is being worked on. Draft it first.',
    },
    'bulletin.none': {
      zh: '{period}没有通报。请核对月份，或者先起草。',
      en: 'There is no bulletin of {period}. Check the month, or draft it first.',
    },
    'bulletin.not-your-department': {
      zh: '只能确认本部门的数据，{provider}是另一个部门。请改用该部门的账户。',
      en: 'A department answers for its own figures only; {provider} is another. Use an account of that department.',
    },
    'bulletin.no-such-department': {
      zh: '这期通报没有送达{provider}，或者还没有送达。请核对部门代码，先送达再办理。',
      en: 'This bulletin has not been sent to {provider}. Check the code of the department, and send the bulletin first.',
    },
    'bulletin.ground-missing': {
      zh: '须写明理由；由中心代为登记的，写明来函（--reason）。请补充后重试。',
      en: 'A ground is needed; where the centre enters it for a department, name the letter (--reason). Add it and try again.',
    },
    'bulletin.window-ended': {
      zh: '{provider}的确认期限已过，或者通报还没有送达。发布以后发现错误的，请申请更正。',
      en: 'The time of {provider} to answer is over, or the bulletin is not sent yet. After publication, ask for a correction.',
    },
    'bulletin.entered-by-you': {
      zh: '{period}有{count}个部门的答复是由您代为登记的。请由另一人发布。',
      en: 'You entered the word of {count} departments on {period} yourself. Another person has to publish.',
    },
    'bulletin.own-draft': {
      zh: '这期通报是由您起草或者送达的，不能答复{provider}的异议。请由另一人答复。',
      en: 'You drafted or sent this bulletin and cannot answer the contest of {provider}. Another person has to.',
    },
    'bulletin.window-open': {
      zh: '{period}还有{count}个部门在确认期限内没有答复。请等答复或者期限届满后再发布。',
      en: '{count} departments may still answer on {period}. Publish once they have, or their time is over.',
    },
    'bulletin.contest-unanswered': {
      zh: '{period}还有{count}件异议没有答复。请先答复再发布。',
      en: '{count} contests on {period} have no answer. Answer them before publishing.',
    },
    'bulletin.contest-upheld': {
      zh: '{period}有{count}件异议成立，这一稿不能发布。请改正数据后撤销这一稿，重新起草。',
      en: '{count} contests on {period} were right: this draft cannot be published. Put the data right, cancel it, and draft anew.',
    },
  };

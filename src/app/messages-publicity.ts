/** Words for refusals of double publicity: release, withdrawal, counts, reconciliation. */

/** Sentences by refusal code; `{…}` are the refusal's parameters. */
export const publicityWords = {
  'double-publicity.already-proposed': {
    zh: '“{object}”已有待办的提请。请先由第二人办理，或者由经办人撤回。',
    en: 'Something is already proposed on "{object}". Have it decided or cancelled first.',
  },
  'double-publicity.bad-finding': {
    zh: '没有“{finding}”这种认定。可用：concealed、excused、reported。',
    en: 'There is no finding "{finding}". There are: concealed, excused, reported.',
  },
  'double-publicity.bad-ledger': {
    zh: '台账缺少必要的列：{columns}。请按“决定书文号、行政相对人、决定日期、网址”编列。',
    en: 'The list lacks columns: {columns}. It needs document number, party, decision date, address.',
  },
  'double-publicity.batch-not-done': {
    zh: '“{object}”尚未处理完毕，不能发布。请等待归集完成。',
    en: '"{object}" is not worked through yet. Wait until it has been collected.',
  },
  'double-publicity.entry-here': {
    zh: '“{number}”已经报送或者正在等待核实主体，不是未报送。',
    en: '"{number}" has been reported, or waits for its subject: it is not missing.',
  },
  'double-publicity.ground-missing': {
    zh: '停止公示、认定未报送的依据必须写明。',
    en: 'The ground must be given.',
  },
  'double-publicity.ledger-known': {
    zh: '这份台账已经导入过。没有改变任何内容。',
    en: 'This list has been imported before; nothing was changed.',
  },
  'double-publicity.not-shown': {
    zh: '“{object}”现在没有公示，不需要停止公示。',
    en: '"{object}" is not shown now; there is nothing to withdraw.',
  },
  'double-publicity.no-such-entry': {
    zh: '台账中没有{decidedOn}、文号“{number}”、相对人“{party}”的决定。',
    en: 'No list tells of a decision of {decidedOn}, number "{number}", party "{party}".',
  },
  'double-publicity.no-such-object': {
    zh: '没有批次或者记录“{object}”。请核对编号。',
    en: 'There is no batch or record "{object}". Check the id.',
  },
  'double-publicity.nothing-proposed': {
    zh: '“{object}”没有这样的提请。请先由第一人提请。',
    en: 'Nothing of that kind is proposed on "{object}". The first officer proposes first.',
  },
  'double-publicity.nothing-to-release': {
    zh: '“{object}”不需要发布：规则没有要求，或者已经发布。',
    en: '"{object}" needs no release: the rulebook asks for none, or it is released.',
  },
} as const;

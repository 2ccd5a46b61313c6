/** The one sentence of an explanation: the sum as a person would write it on paper, with both ends. */
import { type Day, addDays, addMonths } from '../../kernel/day.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import type { Closure, Interval, RecordFacts } from './domain.ts';
import type { WorkedBound } from './domain-bounds.ts';
import type { Piece } from './domain-windows.ts';

/** What a sentence is told from. */
export type SentenceInput = {
  readonly piece: Piece;
  readonly facts: RecordFacts;
  readonly channel: Channel;
  readonly on: Day;
  readonly reason: string;
  readonly interval: Interval | null;
  readonly closure: Closure | undefined;
  readonly ending: Ending | null;
};

/** What ends an interval: something that befell the record, or the rules of the piece. */
export type Ending = { readonly closure: Closure | null; readonly piece: Piece | null };

type Words = { readonly zh: string; readonly en: string };

const verbs: Record<Channel, Words> = {
  show: { zh: '公示', en: 'shown' },
  share: { zh: '共享', en: 'shared' },
  use: { zh: '使用', en: 'used' },
  report: { zh: '载入报告', en: 'reported' },
};

const startWords: Record<string, Words> = {
  determination: { zh: '认定（决定）日期', en: 'the determination' },
  publicity: { zh: '首次公示日期', en: 'first publicity' },
  'valid-from': { zh: '有效期起始日', en: 'the first valid day' },
  'end-of-conduct': { zh: '行为终了日期', en: 'the end of the conduct' },
  'valid-until': { zh: '有效期至', en: 'valid until' },
  'public-until': { zh: '来源单位填报的公示截止期', en: 'the end reported by the source' },
  'ended-on': { zh: '移出（终止）日期', en: 'the day of removal' },
};

/** Chinese and English sentence for an explanation. */
export function sentences(input: SentenceInput): Words {
  const { reason } = input;
  if (reason === 'open' || reason === 'ended') return sumOf(input);
  if (input.closure !== undefined && reason === input.closure.reason) return closedBy(input);
  return shutWords(input);
}

function sumOf(input: SentenceInput): Words {
  const { piece, channel, interval } = input;
  const verb = verbs[channel];
  const bound = piece.governing;
  if (interval === null) return neverOpened(input);
  const sum = bound === null || bound.until === null ? noEnd : sumWords(bound);
  const changed = changedBy(input);
  if (interval.until === null) {
    return {
      zh: `自${interval.from}起${verb.zh}；${sum.zh}。`,
      en: `${verb.en} from ${interval.from}; ${sum.en}.`,
    };
  }
  const last = addDays(interval.until, -1);
  return {
    zh: `${sum.zh}${changed.zh}；自${interval.from}起${verb.zh}至${last}（含当日），自${interval.until}起不再${verb.zh}。`,
    en: `${sum.en}${changed.en}; ${verb.en} from ${interval.from} through ${last}, no longer from ${interval.until}.`,
  };
}

const noEnd: Words = {
  zh: '现行规则没有规定截止日期',
  en: 'the rule in force sets no end',
};

function neverOpened({ piece, channel, facts }: SentenceInput): Words {
  const verb = verbs[channel];
  const bound = piece.governing;
  if (bound === null || bound.start === undefined) {
    return {
      zh: `认定时施行的规定对此类信息不开放该渠道，规则更换后不重新开放，不予${verb.zh}。`,
      en: `closed by the rule in force at the determination, and not opened by a later one: not ${verb.en}.`,
    };
  }
  const opens = piece.opensOn ?? facts.receivedOn;
  const sum = sumWords(bound);
  return {
    zh: `${sum.zh}，早于可以${verb.zh}的首日${opens}，因此从未${verb.zh}。`,
    en: `${sum.en}, which is before the first possible day ${opens}: never ${verb.en}.`,
  };
}

/** Why the interval ends on another day than the rule of the day asked about says. */
function changedBy({ piece, interval, ending }: SentenceInput): Words {
  const none = { zh: '', en: '' };
  const until = interval?.until ?? null;
  if (until === null || ending === null || piece.governing?.until === until) {
    return none;
  }
  if (ending.closure !== null) {
    const words = closureWords[ending.closure.reason];
    return { zh: `；自${until}起${words.zh}`, en: `; from ${until} ${words.en}` };
  }
  const by = ending.piece;
  const document = by?.row?.edition.document;
  if (by === null || document === undefined) {
    return { zh: `；自${until}起情况发生变化`, en: `; circumstances changed on ${until}` };
  }
  if (by === piece || by.row?.edition === piece.row?.edition) {
    // The rule asked about is itself the one that came later and found the term already over.
    return document.validFrom === until
      ? {
          zh: `；该规定自${until}起施行，施行时期限已经届满`,
          en: `; that rule came into force on ${until}, when the term was already over`,
        }
      : { zh: `；自${until}起等级或者依据发生变化`, en: `; class or basis changed on ${until}` };
  }
  const sum = by.governing === null ? null : sumWords(by.governing);
  return {
    zh: `；自${document.validFrom}起改按“${document.title}”${sum === null ? '' : `，${sum.zh}`}`,
    en: `; from ${document.validFrom} under ${document.titleEn}${sum === null ? '' : `: ${sum.en}`}`,
  };
}

function sumWords(bound: WorkedBound): Words {
  const last = addDays(bound.until!, -1);
  const start = bound.start;
  const name = start === undefined ? undefined : startWords[start.name];
  if (bound.months !== undefined && start !== undefined && name !== undefined) {
    const day = start.value.day as Day;
    const corresponding = addMonths(day, bound.months);
    const clipped = corresponding.slice(8) !== day.slice(8) ? '，该月无对应日，以月末日为准' : '';
    const local = bound.kind === 'local' ? '地方性法规所定期限：' : '';
    const older = bound.kind === 'transition' ? '新旧规定取较短期限，旧规定：' : '';
    const missing = start.insteadOf === undefined ? undefined : startWords[start.insteadOf];
    const instead = missing === undefined ? '' : `未报送${missing.zh}，以${name.zh}代替：`;
    return {
      zh: `${local}${older}${instead}${name.zh}${day}，当日不计入，加${bound.months}个月为${corresponding}${clipped}`,
      en: `${name.en} ${day}, that day not counted, plus ${bound.months} months = ${corresponding}`,
    };
  }
  if (bound.kind === 'ban') {
    return {
      zh: `法定禁业（限制）期至${last}，长于一般最长期限，按实际期限计算`,
      en: `the statutory ban runs to ${last}, longer than the ordinary maximum`,
    };
  }
  if (bound.kind === 'transition' || bound.kind === 'overlay') {
    return {
      zh: `截止期为${last}`,
      en: `the term ends ${last}`,
    };
  }
  return {
    zh: `${name?.zh ?? '截止日期'}为${last}`,
    en: `${name?.en ?? 'the end'} is ${last}`,
  };
}

const closureWords: Record<Closure['reason'], Words> = {
  annulled: { zh: '原决定已被撤销、变更或确认违法（无效）', en: 'the decision was annulled' },
  'withdrawn-by-source': { zh: '来源单位已撤回公示', en: 'the source withdrew it' },
  'deleted-by-source': { zh: '来源单位已删除该条数据', en: 'the source deleted it' },
  'amount-unconfirmed': {
    zh: '罚款金额与处罚内容相差万倍，等待来源单位确认',
    en: 'the amount differs from the text ten-thousandfold; the source has to confirm it',
  },
  'personal-data': {
    zh: '文字中含有个人信息，等待来源单位更正',
    en: 'the text holds personal data; the source has to correct it',
  },
  'state-invalid': { zh: '来源单位标注当前状态为无效', en: 'the source marks it as not valid' },
  erased: { zh: '内容已依法删除', en: 'its content was erased as the law orders' },
  relinked: { zh: '该记录已改为关联其他主体', en: 'the record now belongs to another subject' },
};

function closedBy({ channel, closure }: SentenceInput): Words {
  const words = closureWords[closure!.reason];
  const verb = verbs[channel];
  const since = closure!.from === null ? '' : `，自${closure!.from}起`;
  const sinceEn = closure!.from === null ? '' : ` from ${closure!.from}`;
  return {
    zh: `${words.zh}${since === '' ? '，期间' : since}不予${verb.zh}。`,
    en: `${words.en}: not ${verb.en}${sinceEn}.`,
  };
}

const shutTexts: Record<string, Words> = {
  'item-unconfirmed': {
    zh: '该目录事项尚未经两人确认，结论为“未覆盖”',
    en: 'the directory item has not been confirmed by two officers: not covered',
  },
  'no-item-basis': {
    zh: '该目录事项在这一天没有有效的法律依据',
    en: 'its directory item has no basis in force on that day',
  },
  'item-not-public': {
    zh: '目录规定该事项不向社会公开',
    en: 'the directory does not make this item public',
  },
  'item-not-shared': { zh: '目录规定该事项不共享', en: 'the directory does not share this item' },
  'item-attribute-unknown': {
    zh: '目录没有说明该事项的公开（共享）属性，按不公开处理',
    en: 'the directory does not say whether this item is public; it is kept closed',
  },
  'no-regime': {
    zh: '这一天没有已收录的期限规定，结论为“未覆盖”',
    en: 'no rule is loaded for that day: not covered',
  },
  'class-not-covered': {
    zh: '失信等级无法依已确认的标准判定，结论为“未覆盖”',
    en: 'no confirmed standard decides its class: not covered',
  },
  'no-row': {
    zh: '现行规定没有为此类信息开放该渠道',
    en: 'the rule in force does not open this channel',
  },
  never: {
    zh: '现行规定对此类信息不开放该渠道',
    en: 'the rule in force keeps this channel closed for such records',
  },
  'rule-unconfirmed': {
    zh: '所依据的规定尚未经两人确认，结论为“未覆盖”',
    en: 'the rule has not been confirmed by two officers: not covered',
  },
  'rule-without-basis': {
    zh: '该规则在这一天没有有效的法律依据',
    en: 'the rule has no basis in force on that day',
  },
  'evidence-missing': {
    zh: '救济期是否届满尚无证据，该渠道尚未开放',
    en: 'there is no evidence that the remedy period is over',
  },
  'date-missing': {
    zh: '计算期限所需的日期缺失，结论为“未知”',
    en: 'a date the sum needs is missing: unknown',
  },
  'before-receipt': { zh: '本平台在这一天尚未收到该记录', en: 'not yet received on that day' },
};

function shutWords({ channel, reason, facts }: SentenceInput): Words {
  const verb = verbs[channel];
  const words = shutTexts[reason] ?? { zh: reason, en: reason };
  const received = reason === 'before-receipt' ? `（首次接收日期为${facts.receivedOn}）` : '';
  return {
    zh: `${words.zh}${received}，不予${verb.zh}。`,
    en: `${words.en}: not ${verb.en}.`,
  };
}

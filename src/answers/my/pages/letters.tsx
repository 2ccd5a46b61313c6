/** Letters to an organisation or an account, and one of them with what became of it. */
import type { ReactElement } from 'react';
import { momentWords } from '../../../kernel/day.ts';
import type { OpenedLetter, StandingLetter } from '../../../trust/notices/index.ts';
import { Facts, Notice, Pager, Table, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import { Trail } from './file.tsx';
import { PostForm } from './form.tsx';

const served: Readonly<Record<'acknowledgement' | 'deemed', Words>> = {
  acknowledgement: { zh: '已确认收到', en: 'acknowledged' },
  deemed: { zh: '依规定视为送达', en: 'deemed served by a rule' },
};
const happened: Readonly<Record<string, Words>> = {
  prepared: { zh: '写成', en: 'written' },
  tried: { zh: '投递未成，将再次投递', en: 'not taken, will be tried again' },
  sent: { zh: '发出', en: 'sent' },
  delivered: { zh: '送到收件处', en: 'lies where it is read' },
  failed: { zh: '投递失败，不再尝试', en: 'given up' },
  read: { zh: '打开', en: 'opened' },
  acknowledged: { zh: '确认收到', en: 'acknowledged' },
  deemed: { zh: '依规定视为送达', en: 'deemed served by a rule' },
};
const channels: Readonly<Record<string, Words>> = {
  office: { zh: '办公端', en: 'office' },
  my: { zh: '我的组织', en: 'this space' },
  mail: { zh: '电子邮件', en: 'e-mail' },
  sms: { zh: '短信', en: 'text message' },
};

function standingWords(r: Reader, { standing }: StandingLetter): string {
  const { servedBy, servedOn, readAt } = standing;
  if (servedBy !== null) return `${r.say(served[servedBy])} ${servedOn ?? ''}`.trim();
  return r.say(
    readAt === null ? { zh: '未读', en: 'not opened yet' } : { zh: '已读', en: 'opened' },
  );
}

/** What the list is drawn from. `base`: where the letters are; `next`: the last of this page, if more come. */
export type LettersView = {
  readonly base: string;
  readonly name: string;
  readonly letters: readonly StandingLetter[];
  readonly next: string | null;
};

/** The list, newest first. */
export function LettersPage({ r, view }: { r: Reader; view: LettersView }): ReactElement {
  const { base, name, letters, next } = view;
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '告知', en: 'Letters' }} name={name} />
      {letters.length === 0 ? (
        <Notice>
          <p>{r.say({ zh: '现在没有告知。', en: 'There is no letter now.' })}</p>
        </Notice>
      ) : (
        <Table<StandingLetter>
          caption={r.say({ zh: '告知，最新的在前', en: 'Letters, the newest first' })}
          rows={letters}
          keyOf={({ letter }) => letter.id}
          columns={[
            {
              title: r.say({ zh: '标题', en: 'Title' }),
              lead: true,
              cell: ({ letter }) => (
                <a href={r.to(`${base}/${letter.id}`)}>{r.say(letter.title)}</a>
              ),
            },
            {
              title: r.say({ zh: '时间（北京时间）', en: 'When (UTC+8)' }),
              cell: ({ letter }) => momentWords(letter.at),
            },
            {
              title: r.say({ zh: '状态', en: 'State' }),
              cell: (one) => standingWords(r, one),
            },
          ]}
        />
      )}
      <Pager r={r} before={null} after={next === null ? null : `${base}?after=${next}`} />
    </div>
  );
}

function History({ r, events }: { r: Reader; events: OpenedLetter['events'] }): ReactElement {
  return (
    <>
      <h2>{r.say({ zh: '经过', en: 'What happened' })}</h2>
      <ul>
        {events.map(({ id, at, kind, channel, account }) => (
          <li key={id}>
            {momentWords(at)} {r.say(happened[kind] ?? { zh: kind, en: kind })}
            {channel === null
              ? ''
              : ` (${r.say(channels[channel] ?? { zh: channel, en: channel })})`}
            {account === null ? '' : ` ${account}`}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One letter. `csrf` null: this reader has nothing to acknowledge. */
export function LetterPage({
  r,
  name,
  base,
  opened,
  csrf,
}: {
  r: Reader;
  name: string;
  base: string;
  opened: OpenedLetter;
  csrf: string | null;
}): ReactElement {
  const { letter, events, service } = opened;
  return (
    <div className="wide">
      <Trail r={r} title={letter.title} name={name} />
      {letter.body.zh.split('\n').map((line, index) => (
        <p key={index}>
          <Zh r={r}>{line}</Zh>
        </p>
      ))}
      <div lang="en">
        {letter.body.en.split('\n').map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </div>
      <Facts
        facts={[
          [r.say({ zh: '时间（北京时间）', en: 'When (UTC+8)' }), momentWords(letter.at)],
          [
            r.say({ zh: '送达', en: 'Served' }),
            service.served === null
              ? r.say({ zh: '尚未送达', en: 'not served yet' })
              : `${service.served.on} ${r.say(served[service.served.by])}`,
          ],
        ]}
      />
      {csrf === null ? null : (
        <PostForm
          r={r}
          action={`${base}/${letter.id}/acknowledge`}
          csrf={csrf}
          submit={{ zh: '确认收到', en: 'I have received it' }}
        />
      )}
      <History r={r} events={events} />
      <p>
        <a href={r.to(base)}>{r.say({ zh: '返回告知', en: 'Back to letters' })}</a>
      </p>
    </div>
  );
}

/** How the platform itself is today, in plain words. */
import type { ReactElement } from 'react';
import { Facts, Notice, Tag } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';

/** What the page tells. `more` is `null` where the database does not answer. */
export type StatusView = {
  readonly asOf: string;
  readonly checks: {
    readonly database: boolean;
    readonly migrations: boolean;
    readonly rulebook: boolean;
  };
  readonly more: {
    readonly newest: string | null;
    readonly late: number;
    readonly waiting: number;
    readonly figuresAt: string | null;
    readonly records: number | null;
    /** The transparency log; `null` where it has not been begun. */
    readonly log: {
      readonly size: number;
      readonly signedAt: string | null;
      readonly waiting: number;
      readonly late: boolean;
    } | null;
  } | null;
};

function Works({ r, works }: { r: Reader; works: boolean }): ReactElement {
  return (
    <Tag tone={works ? 'good' : 'grave'}>
      {works ? r.say({ zh: '正常', en: 'works' }) : r.say({ zh: '不正常', en: 'does not work' })}
    </Tag>
  );
}

function LogState({
  r,
  log,
}: {
  r: Reader;
  log: NonNullable<StatusView['more']>['log'];
}): ReactElement {
  if (log === null) return <>{r.say({ zh: '还没有开始', en: 'not begun' })}</>;
  const { size, signedAt, waiting, late } = log;
  const tone = late ? 'care' : 'good';
  return (
    <>
      <Tag tone={tone}>
        {late ? r.say({ zh: '滞后', en: 'behind' }) : r.say({ zh: '正常', en: 'works' })}
      </Tag>{' '}
      <a href={r.to('/prove')}>
        {r.say({ zh: `${size}条`, en: `${size} entries` })}
        {signedAt === null ? null : r.say({ zh: `，签于${signedAt}`, en: `, signed ${signedAt}` })}
        {waiting === 0 ? null : r.say({ zh: `，${waiting}条等待`, en: `, ${waiting} waiting` })}
      </a>
    </>
  );
}

function more(r: Reader, view: NonNullable<StatusView['more']>) {
  const { newest, late, waiting, figuresAt, records } = view;
  const batches = waiting >= 1_000 ? '1000+' : String(waiting);
  return [
    [
      r.say({ zh: '最近一次收到数据', en: 'Newest delivery' }),
      newest ?? r.say({ zh: '还没有收到过', en: 'none yet' }),
    ],
    [
      r.say({ zh: '迟报的来源', en: 'Sources that are late' }),
      <a key="late" href={r.to('/sources')}>
        {r.say({ zh: `${late}个`, en: String(late) })}
      </a>,
    ],
    [
      r.say({ zh: '等待处理的报送', en: 'Deliveries waiting' }),
      waiting === 0
        ? r.say({ zh: '没有', en: 'none' })
        : r.say({ zh: `${batches}批`, en: batches }),
    ],
    [
      r.say({ zh: '统计', en: 'Figures' }),
      figuresAt === null
        ? r.say({ zh: '今天的还在计算', en: "today's are being worked out" })
        : r.say({
            zh: `算于${figuresAt}，组织的公示记录${records ?? 0}条`,
            en: `worked out at ${figuresAt}: ${records ?? 0} records of organisations shown`,
          }),
    ],
    [
      r.say({ zh: '透明日志', en: 'Transparency log' }),
      <LogState key="log" r={r} log={view.log} />,
    ],
  ] as const;
}

/** Draws the state of the platform. */
export function statusPage(r: Reader, view: StatusView): Page {
  const { checks } = view;
  const works = Object.values(checks).every(Boolean);
  const title = r.say({ zh: '运行状态', en: 'Status' });
  return {
    title,
    menu: null,
    robots: 'noindex',
    body: (
      <div className="wide">
        <h1>{title}</h1>
        {works ? (
          <Notice tone="good" title={r.say({ zh: '运行正常', en: 'Everything works' })} />
        ) : (
          <Notice
            tone="grave"
            title={r.say({ zh: '目前不能查询', en: 'Look-ups do not work now' })}
          >
            <p>
              {r.say({
                zh: '运行单位已经能看到这个情况。数据没有丢失，请稍后再来。',
                en: 'The operator can see this. No data is lost; please come back later.',
              })}
            </p>
          </Notice>
        )}
        <Facts
          facts={[
            [r.say({ zh: '今天（北京时间）', en: 'Today (UTC+8)' }), view.asOf],
            [
              r.say({ zh: '数据库', en: 'Database' }),
              <Works key="d" r={r} works={checks.database && checks.migrations} />,
            ],
            [
              r.say({ zh: '法律规则', en: 'Rules of law' }),
              <Works key="l" r={r} works={checks.rulebook} />,
            ],
            ...(view.more === null ? [] : more(r, view.more)),
          ]}
        />
        <p className="small quiet">
          {r.say({
            zh: '公示期满的记录在零时自动停止公示，不等待任何任务运行。',
            en: 'Records whose term is over stop being shown at midnight by themselves; no job has to run.',
          })}
        </p>
      </div>
    ),
  };
}

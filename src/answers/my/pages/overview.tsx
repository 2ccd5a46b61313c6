/** Where one is after signing in: what one may open, one's devices, the way out. */
import type { ReactElement } from 'react';
import { type Instant, momentWords } from '../../../kernel/day.ts';
import { Facts, Table } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import { PostForm } from './form.tsx';

/** What an account is told of itself. */
export type Overview = {
  readonly account: string;
  readonly name: string;
  readonly csrf: string;
  readonly opens: readonly {
    readonly organisation: string;
    readonly name: string;
    readonly as: 'holder' | 'delegate';
    readonly rights: 'read' | 'act';
    readonly lastDay: string | null;
  }[];
  readonly devices: readonly {
    readonly id: string;
    readonly device: string;
    readonly since: Instant;
    readonly current: boolean;
  }[];
};

const roles: Readonly<Record<string, Words>> = {
  holder: { zh: '持有人', en: 'Holder' },
  read: { zh: '受委托，可以查看', en: 'Delegate, may read' },
  act: { zh: '受委托，可以查看和办理', en: 'Delegate, may read and act' },
};

const holderLinks: readonly (readonly [string, Words])[] = [
  ['contact', { zh: '联系地址', en: 'Where letters go' }],
  ['delegates', { zh: '委托', en: 'Delegates' }],
];

function Organisation({ r, one }: { r: Reader; one: Overview['opens'][number] }): ReactElement {
  const base = `/my/o/${one.organisation}`;
  const role = roles[one.as === 'holder' ? 'holder' : one.rights]!;
  const links: readonly (readonly [string, Words])[] = [
    ['file', { zh: '完整信用档案', en: 'The whole file' }],
    ['ends', { zh: '何时到期', en: 'What falls away when' }],
    ['journal', { zh: '查询记录', en: 'Who read it' }],
    ['letters', { zh: '告知', en: 'Letters' }],
    ...(one.as === 'holder' ? holderLinks : []),
  ];
  return (
    <section>
      <h2>{one.name}</h2>
      <Facts
        facts={[
          [r.say({ zh: '统一社会信用代码', en: 'Unified code' }), one.organisation],
          [r.say({ zh: '身份', en: 'You are' }), r.say(role)],
          [r.say({ zh: '委托最后一天', en: 'Last day' }), one.lastDay],
        ]}
      />
      <ul>
        {links.map(([to, words]) => (
          <li key={to}>
            <a href={r.to(`${base}/${to}`)}>{r.say(words)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const accountLinks: readonly (readonly [string, Words])[] = [
  ['letters', { zh: '给本账户的告知', en: 'Letters to this account' }],
  ['contact', { zh: '本账户的联系地址', en: 'Where letters to this account go' }],
  ['password', { zh: '更换口令', en: 'Change the password' }],
];

function Devices({ r, view }: { r: Reader; view: Overview }): ReactElement {
  return (
    <>
      <h2>{r.say({ zh: '登录的设备', en: 'Devices' })}</h2>
      <Table
        caption={r.say({ zh: '正在使用本账户的设备', en: 'Where this account is signed in' })}
        rows={view.devices}
        keyOf={({ id }) => id}
        columns={[
          {
            title: r.say({ zh: '设备', en: 'Device' }),
            lead: true,
            cell: ({ device, current }) =>
              `${device}${current ? r.say({ zh: '（本机）', en: ' (this one)' }) : ''}`,
          },
          {
            title: r.say({ zh: '登录时间（北京时间）', en: 'Since (UTC+8)' }),
            cell: ({ since }) => momentWords(since),
          },
          {
            title: r.say({ zh: '操作', en: 'Action' }),
            cell: ({ id }) => (
              <PostForm
                r={r}
                action={`/my/sessions/${id}/end`}
                csrf={view.csrf}
                submit={{ zh: '退出', en: 'Sign out' }}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** The overview. */
export function OverviewPage({ r, view }: { r: Reader; view: Overview }): ReactElement {
  return (
    <div className="wide">
      <h1>{r.say({ zh: '我的组织', en: 'My organisation' })}</h1>
      <Facts
        facts={[
          [r.say({ zh: '账户编号', en: 'Account code' }), view.account],
          [r.say({ zh: '账户名称', en: 'Name' }), view.name],
        ]}
      />
      {view.opens.length > 0 ? null : (
        <p>
          {r.say({
            zh: '这个账户现在没有可以打开的组织。',
            en: 'This account can open no organisation now.',
          })}
        </p>
      )}
      {view.opens.map((one) => (
        <Organisation key={one.organisation} r={r} one={one} />
      ))}
      <h2>{r.say({ zh: '本账户', en: 'This account' })}</h2>
      <ul>
        {accountLinks.map(([to, words]) => (
          <li key={to}>
            <a href={r.to(`/my/${to}`)}>{r.say(words)}</a>
          </li>
        ))}
      </ul>
      <Devices r={r} view={view} />
    </div>
  );
}

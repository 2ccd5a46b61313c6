/** Addresses letters go to: the one in use, putting another in its place, those before with their days. */
import type { ReactElement } from 'react';
import type { Address, Medium } from '../../../trust/notices/index.ts';
import { Notice, Table } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import { Trail } from './file.tsx';
import { Field, PostForm, type Problem, Told } from './form.tsx';

/** What the page is drawn from. `addresses`: masked, the newest first. */
export type ContactView = {
  readonly base: string;
  readonly name: string;
  readonly kind: 'account' | 'unit' | 'organisation';
  readonly csrf: string;
  readonly addresses: readonly Address[];
};

const mediumWords: Readonly<Record<Medium, Words>> = {
  mail: { zh: '电子邮箱', en: 'E-mail' },
  mobile: { zh: '手机号', en: 'Mobile number' },
};
const isUsed = ({ lastDay }: Address): boolean => lastDay === null;

/** `null` day at the end: in use. One put out on the day it was given was never used. */
function daysOf(r: Reader, { fromDay, lastDay }: Address): string {
  if (lastDay === null) return r.say({ zh: `${fromDay}起`, en: `from ${fromDay}` });
  if (lastDay < fromDay) return r.say({ zh: `${fromDay}，当日已更换`, en: `${fromDay}, replaced` });
  return `${fromDay} – ${lastDay}`;
}

function History({ r, view }: { r: Reader; view: ContactView }): ReactElement {
  if (view.addresses.length === 0) {
    return (
      <Notice>
        <p>
          {r.say({
            zh: '还没有联系地址。告知只放在“我的组织”里，请经常登录查看。',
            en: 'No address yet. Letters are in this space only: please look here often.',
          })}
        </p>
      </Notice>
    );
  }
  return (
    <Table<Address>
      caption={r.say({ zh: '现在和以前的地址', en: 'Addresses, now and before' })}
      rows={view.addresses}
      keyOf={({ id }) => id}
      columns={[
        { title: r.say({ zh: '地址', en: 'Address' }), lead: true, cell: ({ shown }) => shown },
        {
          title: r.say({ zh: '方式', en: 'By' }),
          cell: ({ medium }) => r.say(mediumWords[medium]),
        },
        { title: r.say({ zh: '使用的日子', en: 'Days' }), cell: (one) => daysOf(r, one) },
        {
          title: r.say({ zh: '操作', en: 'Action' }),
          cell: (one) =>
            isUsed(one) ? (
              <PostForm
                r={r}
                action={`${view.base}/contact`}
                csrf={view.csrf}
                submit={{ zh: '不再使用', en: 'Use no more' }}
              >
                <input type="hidden" name="medium" value={one.medium} />
                <input type="hidden" name="do" value="end" />
              </PostForm>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

function Give({ r, view, medium }: { r: Reader; view: ContactView; medium: Medium }): ReactElement {
  const words = {
    mail: { type: 'email', zh: '形如name@example.cn。', en: 'Like name@example.cn.' },
    mobile: { type: 'tel', zh: '11位手机号。', en: 'Eleven digits.' },
  } as const;
  const { type, zh, en } = words[medium];
  return (
    <PostForm
      r={r}
      action={`${view.base}/contact`}
      csrf={view.csrf}
      submit={{ zh: '使用这个地址', en: 'Use this address' }}
    >
      <input type="hidden" name="medium" value={medium} />
      <Field
        r={r}
        id={medium}
        name="address"
        type={type}
        label={mediumWords[medium]}
        hint={{ zh, en }}
        autoComplete={type}
      />
    </PostForm>
  );
}

const lead: Readonly<Record<'organisation' | 'account', Words>> = {
  organisation: {
    zh: '给本组织的告知除放在“我的组织”里以外，还发到这里。请填单位公用的地址。',
    en: 'Letters to the organisation are sent here besides lying in this space. Please give an address of the organisation, not of a person.',
  },
  account: {
    zh: '给本账户的告知（例如被委托、委托终止）除放在这里以外，还发到下面的地址。',
    en: 'Letters to this account (a delegation given or ended) are sent here besides lying in this space.',
  },
};

/** The page of addresses. */
export function ContactPage({
  r,
  view,
  problem,
}: {
  r: Reader;
  view: ContactView;
  problem: Problem;
}): ReactElement {
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '联系地址', en: 'Where letters go' }} name={view.name} />
      <Told r={r} problem={problem} />
      <p>{r.say(lead[view.kind === 'account' ? 'account' : 'organisation'])}</p>
      <p>
        {r.say({
          zh: '地址加密保存，页面上只显示一部分。更换以后，以前的地址及其使用的日子仍然留存，作为送达的证据。',
          en: 'Addresses are kept sealed and shown in part. One that was replaced is kept with its days, as evidence of service.',
        })}
      </p>
      <History r={r} view={view} />
      <h2>{r.say({ zh: '填写或者更换地址', en: 'Give or replace an address' })}</h2>
      <Give r={r} view={view} medium="mail" />
      <Give r={r} view={view} medium="mobile" />
    </div>
  );
}

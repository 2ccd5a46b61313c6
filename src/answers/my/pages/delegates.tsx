/** Whom the holder lets in: the list, naming one, ending one. */
import type { ReactElement } from 'react';
import { Notice, Table } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import { Field, PostForm, type Problem, Told } from './form.tsx';
import { Trail } from './file.tsx';

/** What the page is drawn from. */
export type DelegatesView = {
  readonly organisation: string;
  readonly name: string;
  readonly csrf: string;
  readonly delegates: readonly {
    readonly id: string;
    readonly givenTo: string;
    readonly name: string;
    readonly rights: 'read' | 'act';
    readonly lastDay: string;
  }[];
};
type Delegate = DelegatesView['delegates'][number];

const rightWords: Readonly<Record<'read' | 'act', Words>> = {
  read: { zh: '查看', en: 'Read' },
  act: { zh: '查看和办理', en: 'Read and act' },
};

function List({ r, view }: { r: Reader; view: DelegatesView }): ReactElement {
  if (view.delegates.length === 0) {
    return (
      <Notice>
        <p>{r.say({ zh: '现在没有委托。', en: 'There are no delegates now.' })}</p>
      </Notice>
    );
  }
  return (
    <Table<Delegate>
      caption={r.say({ zh: '现有的委托', en: 'Delegates' })}
      rows={view.delegates}
      keyOf={({ id }) => id}
      columns={[
        {
          title: r.say({ zh: '账户', en: 'Account' }),
          lead: true,
          cell: ({ givenTo, name }) => `${givenTo} ${name}`,
        },
        {
          title: r.say({ zh: '权限', en: 'Rights' }),
          cell: ({ rights }) => r.say(rightWords[rights]),
        },
        { title: r.say({ zh: '最后一天', en: 'Last day' }), cell: ({ lastDay }) => lastDay },
        {
          title: r.say({ zh: '操作', en: 'Action' }),
          cell: ({ id }) => (
            <PostForm
              r={r}
              action={`/my/o/${view.organisation}/delegates/${id}/end`}
              csrf={view.csrf}
              submit={{ zh: '结束委托', en: 'End' }}
            />
          ),
        },
      ]}
    />
  );
}

/** The page of delegates. */
export function DelegatesPage({
  r,
  view,
  problem,
}: {
  r: Reader;
  view: DelegatesView;
  problem: Problem;
}): ReactElement {
  return (
    <div className="wide">
      <Trail r={r} title={{ zh: '委托', en: 'Delegates' }} name={view.name} />
      <Told r={r} problem={problem} />
      <List r={r} view={view} />
      <h2>{r.say({ zh: '委托另一个账户', en: 'Name a delegate' })}</h2>
      <PostForm
        r={r}
        action={`/my/o/${view.organisation}/delegates`}
        csrf={view.csrf}
        submit={{ zh: '委托', en: 'Name' }}
      >
        <Field
          r={r}
          name="account"
          label={{ zh: '对方的账户编号', en: 'Code of the account' }}
          hint={{ zh: '以E-开头，请向对方索取。', en: 'Begins with E-; ask for it.' }}
        />
        <p>
          <label htmlFor="f-rights">{r.say({ zh: '权限', en: 'Rights' })}</label>
          <select id="f-rights" name="rights" defaultValue="read">
            <option value="read">{r.say(rightWords.read)}</option>
            <option value="act">{r.say(rightWords.act)}</option>
          </select>
        </p>
        <Field r={r} name="lastDay" type="date" label={{ zh: '最后一天', en: 'Last day' }} />
      </PostForm>
    </div>
  );
}

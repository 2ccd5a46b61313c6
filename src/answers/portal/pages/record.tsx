/** One record that is shown today: its fields, and why it is shown until when, step by step. */
import type { ReactElement } from 'react';
import { Crumbs, Facts, Notice, Table, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { ExplainedRecord, FieldValue } from '../contract.ts';
import { Provision, Provisions } from './cite.tsx';
import type { Page } from './frame.tsx';
import { ClassTag, RecordTitle, SourcesOf, untilWords } from './record-parts.tsx';
import { classWords } from './words.ts';

type Parts = { readonly r: Reader; readonly view: ExplainedRecord };

type Input = ExplainedRecord['explanation']['inputs'][number];

/** Values stay as they were read; a class is told in the reader's language. */
function InputValue({ r, view, input }: Parts & { readonly input: Input }): ReactElement {
  const words = input.name === 'class' ? classWords[view.record.class?.class ?? ''] : undefined;
  return words === undefined ? <Zh r={r}>{input.value}</Zh> : <>{r.say(words)}</>;
}

function Inputs({ r, view }: Parts): ReactElement {
  return (
    <Table
      caption={r.say({ zh: '计算用到的日期和数据', en: 'What the sum was made from' })}
      columns={[
        { title: r.say({ zh: '项目', en: 'Input' }), lead: true, cell: (row) => r.say(row.label) },
        {
          title: r.say({ zh: '值', en: 'Value' }),
          cell: (row) => <InputValue r={r} view={view} input={row} />,
        },
        {
          title: r.say({ zh: '出处', en: 'Where it was read' }),
          cell: (row) => <Zh r={r}>{row.source}</Zh>,
        },
      ]}
      rows={view.explanation.inputs}
      keyOf={(row) => `${row.name}${row.value}`}
    />
  );
}

function Why({ r, view }: Parts): ReactElement {
  const { record, explanation } = view;
  return (
    <section aria-labelledby="why">
      <h2 id="why">
        {r.say({ zh: '为什么公示，到哪一天', en: 'Why it is shown, and until when' })}
      </h2>
      <p className="sum">
        <strong>
          {untilWords(r, record)}
          {r.say({ zh: '。', en: '.' })}
        </strong>
        <br />
        {r.say(record.why)}
      </p>
      <Facts
        facts={[
          [
            r.say({ zh: '主要依据', en: 'Basis' }),
            record.provision === null ? null : <Provision r={r} provision={record.provision} />,
          ],
          [
            r.say({ zh: '同时适用', en: 'Also' }),
            explanation.also.length === 0 ? null : (
              <Provisions r={r} provisions={explanation.also} />
            ),
          ],
          [
            r.say({ zh: '规则版本', en: 'Edition of the rule' }),
            explanation.rule === null ? null : (
              <a className="small" href={r.to(`/law/terms/${nameOfRule(explanation.rule)}`)}>
                {explanation.rule}
              </a>
            ),
          ],
          [
            r.say({ zh: '最早可以申请修复', en: 'Repair may be asked for from' }),
            explanation.earliestRepair,
          ],
        ]}
      />
      <Inputs r={r} view={view} />
    </section>
  );
}

/** Name of a rule's page: `regime:regime/penalty@2026` → `regime-penalty`. */
function nameOfRule(rule: string): string {
  return rule
    .replace(/^[a-z-]+:/, '')
    .replace(/@.*$/, '')
    .replaceAll('/', '-');
}

function ClassGround({ r, view }: Parts): ReactElement | null {
  const { record } = view;
  if (record.class === null) return null;
  return (
    <section aria-labelledby="class">
      <h2 id="class">{r.say({ zh: '失信等级', en: 'Class' })}</h2>
      <Facts
        facts={[
          [
            r.say({ zh: '等级', en: 'Class' }),
            r.say(
              classWords[record.class.class] ?? { zh: record.class.class, en: record.class.class },
            ),
          ],
          [r.say({ zh: '理由', en: 'Ground' }), r.say(record.class.ground)],
          [
            r.say({ zh: '依据', en: 'Basis' }),
            record.class.provisions.length === 0 ? null : (
              <Provisions r={r} provisions={record.class.provisions} />
            ),
          ],
        ]}
      />
      {record.class.class === 'unknown' ? (
        <Notice>
          <p>
            {r.say({
              zh: '来源没有报送确定等级所需的内容，公示期按规则对未确定等级的规定计算。',
              en: 'The source did not deliver what decides the class; the rule for undetermined classes applies.',
            })}
          </p>
        </Notice>
      ) : null}
    </section>
  );
}

/** A value with its unit; the zeros a standard fills an amount up with are left out. */
function valueWords({ value, unit }: FieldValue): string {
  if (unit === null) return value;
  return `${/^\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value}${unit}`;
}

function Fields({ r, view }: Parts): ReactElement {
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{r.say({ zh: '来源单位报送的内容', en: 'What the source delivered' })}</h2>
      <p className="quiet">
        {r.say({
          zh: '按来源原文展示；个人信息依规定不展示或者已遮盖。',
          en: 'As its source wrote it; personal data are left out or masked.',
        })}
      </p>
      <Facts
        facts={view.record.fields.map((field) => [
          <Zh key="name" r={r}>
            {field.name}
          </Zh>,
          <Zh key={field.id} r={r}>
            {valueWords(field)}
          </Zh>,
        ])}
      />
    </section>
  );
}

/** Draws the page of a record. */
export function recordPage(r: Reader, view: ExplainedRecord, subjectPath: string): Page {
  const { record, subject } = view;
  return {
    title: `${r.say(record.itemName)} ${record.documentNumber ?? ''} - ${subject.name}`,
    menu: 'search',
    robots: 'noarchive',
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '查询', en: 'Look up' }), '/'],
            [subject.name, subjectPath],
          ]}
        />
        <h1>
          <RecordTitle r={r} record={record} />
        </h1>
        <p>
          <ClassTag r={r} record={record} />
        </p>
        <Facts
          facts={[
            [
              r.say({ zh: '主体', en: 'Subject' }),
              <a key="subject" href={r.to(subjectPath)}>
                <Zh r={r}>{subject.name}</Zh>
              </a>,
            ],
            [
              r.say({ zh: '文号', en: 'Number' }),
              record.documentNumber === null ? null : <Zh r={r}>{record.documentNumber}</Zh>,
            ],
            [
              r.say({ zh: '决定（认定）单位', en: 'Authority' }),
              record.authority === null ? null : <Zh r={r}>{record.authority}</Zh>,
            ],
            [r.say({ zh: '决定（认定）日期', en: 'Decided on' }), record.decidedOn],
            [r.say({ zh: '来源', en: 'Source' }), <SourcesOf key="s" r={r} record={record} />],
          ]}
        />
        <Why r={r} view={view} />
        <ClassGround r={r} view={view} />
        <Fields r={r} view={view} />
        <p>
          <a href={r.to('/help#wrong')}>
            {r.say({ zh: '认为这条记录有错？', en: 'Is something wrong with this record?' })}
          </a>
        </p>
      </div>
    ),
  };
}

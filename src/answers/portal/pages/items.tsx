/** Directory items and data standards: what may be collected, in which fields. */
import type { ReactElement } from 'react';
import { Crumbs, Facts, Notice, Table, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { DirectoryItemPage, StandardPage } from '../law/contract.ts';
import { Provisions } from './cite.tsx';
import type { Page } from './frame.tsx';
import { LawWays, readWords, validWords } from './law.tsx';
import { frequencyWords } from './words.ts';

const publicity: Readonly<Record<string, Words>> = {
  public: { zh: '向社会公示', en: 'open to the public' },
  authorised: { zh: '经主体同意才能看', en: 'with consent of the subject only' },
  government: { zh: '只在政务部门之间使用', en: 'within government only' },
  unknown: { zh: '未知', en: 'not known' },
};

const layers: Readonly<Record<DirectoryItemPage['layer'], Words>> = {
  nation: { zh: '国家', en: 'national' },
  province: { zh: '省', en: 'provincial' },
  city: { zh: '市', en: 'city' },
};

const same = (text: string): Words => ({ zh: text, en: text });

function Item({ r, item }: { r: Reader; item: DirectoryItemPage }): ReactElement {
  const unknown = r.say({ zh: '未知', en: 'not known' });
  return (
    <section id={item.code}>
      <h3>
        {r.say(item.name)} <Tag tone="mute">{r.say(layers[item.layer])}</Tag>{' '}
        {item.collectible ? null : (
          <Tag tone="care">{r.say({ zh: '今天不能归集', en: 'not collectible today' })}</Tag>
        )}
      </h3>
      <p>
        <Zh r={r}>{item.definition}</Zh>
      </p>
      <Facts
        facts={[
          [
            r.say({ zh: '公示', en: 'Display' }),
            r.say(publicity[item.publicity] ?? same(item.publicity)),
          ],
          [
            r.say({ zh: '报送周期', en: 'Delivered' }),
            r.say(frequencyWords[item.frequency] ?? same(item.frequency)),
          ],
          [
            r.say({ zh: '提供单位', en: 'Provided by' }),
            item.providers === null ? unknown : <Zh r={r}>{item.providers.join('、')}</Zh>,
          ],
          [
            r.say({ zh: '依据', en: 'Basis' }),
            item.basis === null ? unknown : <Provisions r={r} provisions={item.basis} />,
          ],
          [
            r.say({ zh: '数据标准', en: 'Standards' }),
            item.standards.length === 0
              ? null
              : item.standards.map((name) => (
                  <span key={name}>
                    <a href={r.to(`/law/standards/${encodeURIComponent(name)}`)}>{name}</a>{' '}
                  </span>
                )),
          ],
        ]}
      />
    </section>
  );
}

/** Draws the directory items in force, class by class. */
export function itemsPage(r: Reader, items: readonly DirectoryItemPage[]): Page {
  const classes = [...new Set(items.map(({ classNo }) => classNo))].sort((a, b) => a - b);
  return {
    title: r.say({ zh: '目录事项', en: 'Directory items' }),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '目录事项', en: 'Directory items' })}</h1>
        <p className="lead">
          {r.say({
            zh: `现行目录共${items.length}项。目录之外的信息，本平台不归集。`,
            en: `${items.length} items are in force. Nothing outside the directory is collected.`,
          })}
        </p>
        <LawWays r={r} here="/law/items" />
        {classes.map((classNo) => {
          const own = items.filter((item) => item.classNo === classNo);
          return (
            <div key={classNo}>
              <h2>
                {r.say(own[0]?.className ?? { zh: `第${classNo}类`, en: `Class ${classNo}` })}
              </h2>
              {own.map((item) => (
                <Item key={item.code} r={r} item={item} />
              ))}
            </div>
          );
        })}
      </div>
    ),
  };
}

/** Draws the list of data standards. */
export function standardsPage(r: Reader, standards: readonly StandardPage[]): Page {
  return {
    title: r.say({ zh: '数据标准', en: 'Data standards' }),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '数据标准', en: 'Data standards' })}</h1>
        <LawWays r={r} here="/law/standards" />
        <Table
          caption={r.say({ zh: '现行标准', en: 'Standards in force' })}
          columns={[
            {
              title: r.say({ zh: '标准', en: 'Standard' }),
              lead: true,
              cell: (row) => (
                <a href={r.to(`/law/standards/${encodeURIComponent(row.name)}`)}>
                  {r.say(row.title)}
                </a>
              ),
            },
            {
              title: r.say({ zh: '制定', en: 'Made by' }),
              cell: (row) => <Zh r={r}>{row.authority}</Zh>,
            },
            { title: r.say({ zh: '施行', en: 'In force' }), cell: (row) => validWords(r, row) },
            {
              title: r.say({ zh: '核实', en: 'Read' }),
              cell: (row) => readWords(r, { confidence: row.confidence, confirmed: null }),
            },
          ]}
          rows={standards}
          keyOf={(row) => row.name}
        />
      </div>
    ),
  };
}

const required: Readonly<Record<string, Words>> = {
  always: { zh: '必填', en: 'always' },
  optional: { zh: '选填', en: 'optional' },
  conditional: { zh: '有条件必填', en: 'conditional' },
};

function Fields({ r, standard }: { r: Reader; standard: StandardPage }): ReactElement {
  return (
    <Table
      caption={r.say({ zh: '字段', en: 'Fields' })}
      columns={[
        {
          title: r.say({ zh: '名称', en: 'Name' }),
          lead: true,
          cell: (row) => <Zh r={r}>{row.name}</Zh>,
        },
        {
          title: r.say({ zh: '填写', en: 'Required' }),
          cell: (row) => r.say(required[row.required] ?? same(row.required)),
        },
        {
          title: r.say({ zh: '公示', en: 'Display' }),
          cell: (row) =>
            row.isPublic
              ? r.say({ zh: '公示', en: 'shown' })
              : r.say({ zh: '不公示', en: 'never shown' }),
        },
        {
          title: r.say({ zh: '说明', en: 'Note' }),
          cell: (row) => (row.note === null ? null : <Zh r={r}>{row.note}</Zh>),
        },
      ]}
      rows={standard.fields}
      keyOf={(row) => row.id}
    />
  );
}

/** Draws one data standard: its fields, and the checks every row goes through. */
export function standardPageView(r: Reader, standard: StandardPage): Page {
  return {
    title: r.say(standard.title),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '法律依据', en: 'Law' }), '/law'],
            [r.say({ zh: '数据标准', en: 'Data standards' }), '/law/standards'],
          ]}
        />
        <h1>{r.say(standard.title)}</h1>
        <p className="quiet">
          {`${standard.name} · ${validWords(r, standard)} · ${readWords(r, { confidence: standard.confidence, confirmed: null })}`}
        </p>
        {standard.refused === null ? null : (
          <Notice
            tone="care"
            title={r.say({ zh: '这种模板的数据拒收', en: 'Rows in this template are refused' })}
          >
            <p>
              <Zh r={r}>{standard.refused}</Zh>
            </p>
          </Notice>
        )}
        {standard.note === null ? null : (
          <p className="measure">
            <Zh r={r}>{standard.note}</Zh>
          </p>
        )}
        <Fields r={r} standard={standard} />
        {standard.rules.length === 0 ? null : (
          <>
            <h2>{r.say({ zh: '校验规则', en: 'Checks' })}</h2>
            <ul className="measure">
              {standard.rules.map(({ id, message }) => (
                <li key={id}>
                  <Zh r={r}>{message}</Zh> <span className="quiet small">{id}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    ),
  };
}

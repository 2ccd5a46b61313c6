/** How a subject stands to others: mergers, splits, branches; page by page, for a bank has thousands. */
import type { ReactElement } from 'react';
import { Crumbs, Pager, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Relation, SubjectPage } from '../contract.ts';
import type { Page } from './frame.tsx';
import { relationWords } from './words.ts';

/** Relations of one page. */
export const relationsPerPage = 50;

/** One relation: since when, how, to whom. An individual business is not named. */
export function RelationLine({ r, relation }: { r: Reader; relation: Relation }): ReactElement {
  return (
    <>
      {r.say({ zh: `${relation.since}起`, en: `Since ${relation.since} ` })}
      {r.say(relationWords(relation))}{' '}
      {relation.name === null || relation.subjectId === null ? (
        r.say({ zh: '一户个体工商户', en: 'an individual business' })
      ) : (
        <a href={r.to(`/subjects/${relation.uscc ?? `id/${relation.subjectId}`}`)}>
          <Zh r={r}>{relation.name}</Zh>
        </a>
      )}
    </>
  );
}

/** Draws one page of the relations of a subject. */
export function relationsPage(
  r: Reader,
  given: { readonly view: SubjectPage; readonly path: string; readonly page: number },
): Page {
  const { view, path, page } = given;
  const from = (page - 1) * relationsPerPage;
  const own = view.relations.slice(from, from + relationsPerPage);
  const at = (to: number) => `${path}/relations${to > 1 ? `?page=${to}` : ''}`;
  const title = r.say({ zh: '与其他主体的关系', en: 'Relations to others' });
  return {
    title: `${view.name} - ${title}`,
    menu: 'search',
    robots: 'noarchive',
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '查询', en: 'Look up' }), '/'],
            [view.name, path],
          ]}
        />
        <h1>{title}</h1>
        <p className="quiet">
          {r.say({
            zh: `共${view.relations.length}项。一家的处罚和许可不记到另一家名下。`,
            en: `${view.relations.length} in all. What one of them was penalised or permitted does not stand against another.`,
          })}
        </p>
        {own.length === 0 ? (
          <p>{r.say({ zh: '这一页没有内容。', en: 'There is nothing on this page.' })}</p>
        ) : (
          <ul className="news measure">
            {own.map((relation, index) => (
              <li key={index}>
                <RelationLine r={r} relation={relation} />
              </li>
            ))}
          </ul>
        )}
        <Pager
          r={r}
          before={page > 1 ? at(page - 1) : null}
          after={from + relationsPerPage < view.relations.length ? at(page + 1) : null}
        />
      </div>
    ),
  };
}

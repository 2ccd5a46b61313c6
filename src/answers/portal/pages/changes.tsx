/** What changed in the law and when. */
import type { ReactElement } from 'react';
import { Tag } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';
import { LawWays } from './law.tsx';

/** One change, as pages tell it. */
export type ChangePart = {
  readonly on: string;
  readonly what: 'begins' | 'ends';
  readonly kind: 'instrument' | 'rule';
  readonly title: Words;
  readonly edition: string;
  readonly number: string | null;
  readonly path: string;
};

function words(change: ChangePart, today: string | null): Words {
  const later = today !== null && change.on > today;
  if (change.what === 'ends') {
    return later ? { zh: '将失效', en: 'will end' } : { zh: '失效', en: 'ended' };
  }
  return later ? { zh: '将施行', en: 'comes into force' } : { zh: '施行', en: 'in force' };
}

/** One change: the day, what changed, where to read it. */
export function ChangeLine({
  r,
  change,
  today = null,
}: {
  r: Reader;
  change: ChangePart;
  today?: string | null;
}): ReactElement {
  const title = r.say(change.title);
  return (
    <>
      <a href={r.to(change.path)}>
        {change.kind === 'instrument' && r.lang === 'zh' ? `《${title}》` : title}
      </a>
      <p>
        {r.say({
          zh: `${change.on}${words(change, today).zh}`,
          en: `${words(change, today).en} ${change.on}`,
        })}
        {change.kind === 'rule'
          ? r.say({
              zh: ` · 期限和等级规则，版本${change.edition}`,
              en: ` · rule, edition ${change.edition}`,
            })
          : change.number === null
            ? null
            : ` · ${change.number}`}
      </p>
    </>
  );
}

/** Draws every change by year, the newest first. */
export function changesPage(r: Reader, changes: readonly ChangePart[], today: string): Page {
  const title = r.say({ zh: '规则什么时候变过', en: 'What changed when' });
  const years = [...new Set(changes.map(({ on }) => on.slice(0, 4)))];
  return {
    title,
    menu: 'law',
    robots: 'index',
    description: r.say({
      zh: '归集和公示所依据的法律文件、期限和等级规则，哪天施行，哪天失效。',
      en: 'When the law and the rules behind collection and display came into force and ended.',
    }),
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '本平台引用的法律文件和据以计算期限、等级的规则，哪天施行，哪天失效。',
            en: 'The instruments cited here and the rules terms and classes are worked out by: when each came into force, and when it ended.',
          })}
        </p>
        <LawWays r={r} here="/law/changes" />
        {years.map((year) => (
          <section key={year} aria-labelledby={`y${year}`}>
            <h2 id={`y${year}`}>{r.say({ zh: `${year}年`, en: year })}</h2>
            <ul className="news measure">
              {changes
                .filter(({ on }) => on.startsWith(year))
                .map((change) => (
                  <li key={`${change.path}${change.edition}${change.on}${change.what}`}>
                    {change.on > today ? (
                      <Tag tone="care">{r.say({ zh: '尚未到日', en: 'not yet' })}</Tag>
                    ) : null}{' '}
                    <ChangeLine r={r} change={change} today={today} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    ),
  };
}

/** Provisions as links to where they can be read. */
import type { ReactElement } from 'react';
import { Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Cited } from '../law/contract.ts';
import { standingWords } from './words.ts';

/** Address of a provision: the page of its instrument, at the article. */
export function pathOfProvision(pointer: string): string {
  const [instrument = '', article] = pointer.split('#');
  return `/law/${instrument}${article === undefined ? '' : `#art-${article}`}`;
}

/** An article as the reader's language names it: `第四十八条`, `art. 48`. */
function Article({ r, provision }: { r: Reader; provision: Cited }): ReactElement | null {
  if (provision.article === null) return null;
  const number = provision.pointer.split('#')[1] ?? '';
  if (r.lang === 'en' && /^\d+([-.]\d+)?$/.test(number)) return <>{`, art. ${number}`}</>;
  return (
    <>
      {r.lang === 'en' ? ', ' : ''}
      <Zh r={r}>{provision.article}</Zh>
    </>
  );
}

/** One provision: title and article as a link, with what limits it. */
export function Provision({ r, provision }: { r: Reader; provision: Cited }): ReactElement {
  const title = r.say(provision.instrument);
  return (
    <>
      <a href={r.to(pathOfProvision(provision.pointer))}>
        {r.lang === 'zh' ? `《${title}》` : title}
        <Article r={r} provision={provision} />
      </a>
      {provision.state === 'in-force' ? null : (
        <span className="quiet">
          {r.say({
            zh: `（${standingWords[provision.state]?.zh ?? provision.state}）`,
            en: ` (${standingWords[provision.state]?.en ?? provision.state})`,
          })}
        </span>
      )}
    </>
  );
}

/** Several provisions, one per line. */
export function Provisions({
  r,
  provisions,
}: {
  r: Reader;
  provisions: readonly Cited[];
}): ReactElement | null {
  if (provisions.length === 0) return null;
  if (provisions.length === 1) return <Provision r={r} provision={provisions[0]!} />;
  return (
    <ul>
      {provisions.map((provision) => (
        <li key={provision.pointer}>
          <Provision r={r} provision={provision} />
        </li>
      ))}
    </ul>
  );
}

/** Pages that say what happened when a page could not be given. */
import { Notice } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';
import { SearchBox } from './search-box.tsx';
import { refusedTitle } from './words-refused.ts';

/** Draws a refusal: what happened and what to do now. `trace`: what to name when reporting a fault. */
export function refusedPage(r: Reader, code: string, advice: Words, trace: string | null): Page {
  const title = r.say(refusedTitle(code));
  return {
    title: title,
    menu: null,
    robots: 'noindex',
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <Notice tone="care">
          <p>{r.say(advice)}</p>
          {trace === null ? null : (
            <p className="small">
              {r.say({ zh: '查询编号：', en: 'Reference: ' })}
              <span className="code">{trace}</span>
            </p>
          )}
        </Notice>
        <SearchBox r={r} />
      </div>
    ),
  };
}

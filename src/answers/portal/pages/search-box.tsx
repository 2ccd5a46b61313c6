/** The one form of the portal. It sends its text in the address, so it works everywhere. */
import type { ReactElement } from 'react';
import type { Reader } from '../../../ui/reader.ts';

/** The search box; `typed` is what stands in it. `told` names a problem that was found with it. */
export function SearchBox({
  r,
  typed = '',
  problem = null,
  region = null,
}: {
  r: Reader;
  typed?: string;
  problem?: string | null;
  /** Only organisations registered there are found. */
  region?: { readonly code: string; readonly name: string } | null;
}): ReactElement {
  return (
    <form className="search" action={r.to('/search')} method="get" role="search">
      <label htmlFor="q">
        {region === null
          ? r.say({ zh: '查找组织', en: 'Find an organisation' })
          : r.say({
              zh: `在${region.name}登记的组织中查找`,
              en: `Find an organisation registered in ${region.name}`,
            })}
      </label>
      {region === null ? null : <input type="hidden" name="region" value={region.code} />}
      <p className="hint" id="q-hint">
        {r.say({
          zh: '统一社会信用代码、名称或名称的一部分、曾用名、简称、拼音首字母。不能按人名或身份证号查询。',
          en: 'Unified code, name or part of it, former or short name, pinyin initials. Persons can not be looked up.',
        })}
      </p>
      <div className="field">
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={typed}
          required
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          aria-describedby={problem === null ? 'q-hint' : 'q-hint q-problem'}
          aria-invalid={problem === null ? undefined : true}
        />
        <button type="submit">{r.say({ zh: '查询', en: 'Search' })}</button>
      </div>
    </form>
  );
}

/** The frame of the office: signing in before it, head, menu by what may be done, and the page. */
import { type ReactNode, Suspense, useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { type Me, meRoute, signOutRoute } from '../../../trust/accounts/contract.ts';
import { useChange, useRead } from '../../../ui/office/ask.ts';
import { Refused, keepCsrf, onRefused } from '../../../ui/office/client.ts';
import { useLanguage } from '../../../ui/office/language.tsx';
import { PageHead, Trouble } from '../../../ui/office/parts.tsx';
import { type Entry, entriesFor } from './entries.ts';
import { Door } from './session/door.tsx';
import { MeContext } from './session/me.ts';
import { SampleBanner } from './session/sample-banner.tsx';

/** The office: whoever is not signed in wholly sees the door, and nothing behind it. */
export function Office() {
  const client = useQueryClient();
  const me = useRead(meRoute, {});
  useEffect(
    () =>
      onRefused(({ code }) => {
        // A session that ended leaves nothing of what it read on the screen.
        if (code === 'accounts.session-over' || code === 'accounts.not-signed-in') {
          client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meRoute.path });
          client.setQueryData([meRoute.path, {}], null);
        }
      }),
    [client],
  );
  const changed = (next: Me | null) => {
    keepCsrf(next?.csrf ?? '');
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meRoute.path });
    client.setQueryData([meRoute.path, {}], next);
  };
  if (me.isLoading) return <Skeleton active />;
  const isOut = me.error instanceof Refused && me.error.problem.status === 401;
  if (me.error !== null && !isOut && !me.data) return <Trouble error={me.error} />;
  const known = isOut && !me.data ? null : (me.data ?? null);
  if (known !== null) keepCsrf(known.csrf);
  if (known === null || known.state !== 'open') return <Door me={known} onMe={changed} />;
  return (
    <MeContext.Provider value={known}>
      <Frame me={known} onOut={() => changed(null)} />
    </MeContext.Provider>
  );
}

function Frame({ me, onOut }: { readonly me: Me; readonly onOut: () => void }) {
  const { t } = useLanguage();
  const seen = entriesFor(me.permissions);
  return (
    <>
      <a className="skip" href="#page">
        {t('跳到正文', 'Skip to content')}
      </a>
      {me.sample ? <SampleBanner /> : null}
      <div className="frame">
        <Head me={me} onOut={onOut} />
        <Menu entries={seen} />
        <main id="page">
          <Suspense fallback={<Skeleton active />}>
            <Switch>
              <Route path="/">
                <FirstThings entries={seen} me={me} />
              </Route>
              {seen.map(({ path, page: Page }) => (
                <Route key={path} path={path}>
                  <Page />
                </Route>
              ))}
              <Route>
                <Redirect to="/" />
              </Route>
            </Switch>
          </Suspense>
        </main>
      </div>
    </>
  );
}

function Head({ me, onOut }: { readonly me: Me; readonly onOut: () => void }) {
  const { t, lang, choose } = useLanguage();
  const out = useChange(signOutRoute);
  const leave = () => out.mutate({ id: 'current' }, { onSettled: onOut });
  return (
    <header>
      <Link href="/">{t('信衡办公端', 'Xinheng office')}</Link>
      <div className="who">
        <span>
          {me.name}
          {t('，', ', ')}
          {me.unitName}
        </span>
        <Button size="small" onClick={() => choose(lang === 'zh' ? 'en' : 'zh')}>
          {lang === 'zh' ? 'English' : '中文'}
        </Button>
        <Button size="small" loading={out.isPending} onClick={leave}>
          {t('退出', 'Sign out')}
        </Button>
      </div>
    </header>
  );
}

/** The part of an address before what it takes: `/links/:id?` → `/links`. */
const stemOf = (path: string): string => path.split('/:')[0]!;

function Menu({ entries }: { readonly entries: readonly Entry[] }) {
  const { t, say } = useLanguage();
  const [location] = useLocation();
  return (
    <nav aria-label={t('菜单', 'Menu')}>
      <ul>
        {entries.map(({ path, name, count: Count }) => {
          const stem = stemOf(path);
          const isHere = location === stem || location.startsWith(`${stem}/`);
          return (
            <li key={path}>
              <Link href={stem} aria-current={isHere ? 'page' : undefined}>
                {say(name)}
                {Count === undefined ? null : <Count />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function FirstThings(parts: { readonly entries: readonly Entry[]; readonly me: Me }): ReactNode {
  const { t, say } = useLanguage();
  const { me } = parts;
  return (
    <>
      <PageHead
        title={t('工作台', 'Start')}
        lead={t(
          `您的岗位：${me.positionNames.map(({ zh }) => zh).join('、')}。可以办理：`,
          `Your position: ${me.positionNames.map(({ en }) => en).join(', ')}. You may:`,
        )}
      />
      <ul className="first-things">
        {parts.entries.map(({ path, name, does }) => (
          <li key={path}>
            <Link href={stemOf(path)}>
              <strong>{say(name)}</strong>
              {say(does)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

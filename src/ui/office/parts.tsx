/** Parts every page of the office is made of. Pages use these; a change of kit touches this folder. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Alert, Flex, Skeleton, Typography } from 'antd';
import { Refused } from './client.ts';
import { useLanguage } from './language.tsx';

/** Head of a page: its name, one sentence, what may be done. The name takes the focus, so that it is read out. */
export function PageHead(parts: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const head = useRef<HTMLHeadingElement>(null);
  const { title } = parts;
  useEffect(() => {
    document.title = `${title} - 信衡`;
    head.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <header className="page-head">
      <Flex justify="space-between" align="start" wrap gap="small">
        <h1 ref={head} tabIndex={-1}>
          {title}
        </h1>
        {parts.actions === undefined ? null : (
          <Flex gap="small" wrap>
            {parts.actions}
          </Flex>
        )}
      </Flex>
      {parts.lead === undefined ? null : <Typography.Paragraph>{parts.lead}</Typography.Paragraph>}
    </header>
  );
}

/** What was refused or went wrong, in words; nothing where nothing did. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { t } = useLanguage();
  if (error === null || error === undefined) return null;
  const words =
    error instanceof Refused
      ? t(error.problem.title, error.problem.titleEn)
      : t('程序出现错误，请刷新页面后重试。', 'Something broke. Reload the page and try again.');
  const trace = error instanceof Refused ? error.problem.instance.replace('urn:uuid:', '') : '';
  const isFault = error instanceof Refused && error.problem.status >= 500;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="trouble"
      title={words}
      description={isFault ? t(`编号：${trace}`, `Trace number: ${trace}`) : undefined}
    />
  );
}

/** What is read: a frame while it comes, what was refused, or the page. */
export function Shown<Value>(parts: {
  readonly asked: { readonly data: Value | undefined; readonly error: unknown };
  readonly children: (value: Value) => ReactNode;
}) {
  const { data, error } = parts.asked;
  return (
    <>
      <Trouble error={error} />
      {data === undefined ? error ? null : <Skeleton active /> : parts.children(data)}
    </>
  );
}

/** A name and its value, one below the other on a phone. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An instant as people here read it: day and time in UTC+8. */
export function Moment({ at }: { readonly at: string | null }) {
  if (at === null) return <>—</>;
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at));
  return <time dateTime={at}>{shown}</time>;
}

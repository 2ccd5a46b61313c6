/** A whole page as text: document, head, and what every page of ours has around its content. */
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Reader, htmlLanguage } from './reader.ts';
import { icon, stylesheet } from './style.ts';

/** What a document is made of. */
export type DocumentParts = {
  readonly r: Reader;
  readonly title: string;
  /** For search engines: `noarchive` where what is shown has an end, `noindex` where it is an answer. */
  readonly robots: 'index' | 'noarchive' | 'noindex';
  /** Addresses of this page in both languages; `null` for pages that have no lasting one. */
  readonly languages: { readonly zh: string; readonly en: string } | null;
  readonly children: ReactNode;
};

const robotsWords = { index: null, noarchive: 'noarchive', noindex: 'noindex, nofollow' } as const;

function Document({ r, title, robots, languages, children }: DocumentParts): ReactElement {
  const told = robotsWords[robots];
  return (
    <html lang={htmlLanguage[r.lang]} className={r.large ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {told === null ? null : <meta name="robots" content={told} />}
        <meta name="format-detection" content="telephone=no" />
        <link rel="stylesheet" href={stylesheet.path} />
        <link rel="icon" type="image/svg+xml" href={icon.path} />
        {languages === null ? null : (
          <>
            <link rel="alternate" hrefLang="zh-CN" href={languages.zh} />
            <link rel="alternate" hrefLang="en" href={languages.en} />
          </>
        )}
      </head>
      <body>{children}</body>
    </html>
  );
}

/** Days in the text of a page stay on one line: browsers would break them after a hyphen. */
function keepDaysWhole(html: string): string {
  const body = html.indexOf('<body');
  // Attributes hold no `>` (it is escaped there), so what stands between `>` and `<` is text.
  const text = html
    .slice(body)
    .replace(/>[^<]*\d{4}-\d\d-\d\d[^<]*</g, (part) =>
      part.replace(/(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])/g, '<span class="nowrap">$&</span>'),
    );
  return html.slice(0, body) + text;
}

/** Draws a document as HTML. */
export function renderDocument(parts: DocumentParts): string {
  return `<!doctype html>${keepDaysWhole(renderToStaticMarkup(<Document {...parts} />))}`;
}

/** A whole page as text: document, head, and what every page of ours has around its content. */
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type Reader, htmlLanguage } from './reader.ts';
import { icon, stylesheet } from './style.ts';

/** What a document is made of. */
export type DocumentParts = {
  readonly r: Reader;
  readonly title: string;
  readonly siteName: string;
  /** What the page is about, in a sentence. */
  readonly description: string;
  /** For search engines: `noarchive` where what is shown has an end, `noindex` where it is an answer. */
  readonly robots: 'index' | 'noarchive' | 'noindex';
  /** Addresses of this page in both languages; `null` for pages that have no lasting one. */
  readonly languages: { readonly zh: string; readonly en: string } | null;
  readonly children: ReactNode;
};

const robotsWords = { index: null, noarchive: 'noarchive', noindex: 'noindex, nofollow' } as const;

function Document(parts: DocumentParts): ReactElement {
  const { r, title, siteName, description, robots, languages, children } = parts;
  const told = robotsWords[robots];
  return (
    <html lang={htmlLanguage[r.lang]} className={r.large ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {told === null ? null : <meta name="robots" content={told} />}
        <meta name="format-detection" content="telephone=no" />
        <meta name="description" content={description} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={siteName} />
        <meta property="og:locale" content={r.lang === 'zh' ? 'zh_CN' : 'en_GB'} />
        <link rel="stylesheet" href={stylesheet.path} />
        <link rel="icon" type="image/svg+xml" href={icon.path} />
        {languages === null ? null : (
          <>
            <link rel="canonical" href={languages[r.lang]} />
            <link rel="alternate" hrefLang="zh-CN" href={languages.zh} />
            <link rel="alternate" hrefLang="en" href={languages.en} />
            <link rel="alternate" hrefLang="x-default" href={languages.zh} />
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

/** Files a page loads: one style sheet and one icon, each at an address made of its content. */
import { createHash } from 'node:crypto';
import { layoutCss } from './style-layout.ts';
import { partsCss } from './style-parts.ts';

/** A file whose address changes with its content, so that it may be kept for ever. */
export type Asset = { readonly path: string; readonly type: string; readonly body: string };

function asset(name: string, extension: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { path: `/assets/${name}-${hash}.${extension}`, type, body };
}

/** Takes comments, line ends and indents out; the style sheets hold no text where they would matter. */
function pressed(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '')
    .replace(/;\}/g, '}');
}

/** The style sheet of the portal. */
export const stylesheet: Asset = asset(
  'portal',
  'css',
  'text/css; charset=utf-8',
  pressed(layoutCss + partsCss),
);

/** The beam of a balance. */
export const icon: Asset = asset(
  'mark',
  'svg',
  'image/svg+xml',
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#0f3a63"/><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M16 6v20M10 26h12M6 10h20"/><path d="M8 10l-3 8h6zM24 10l-3 8h6z"/></g></svg>',
);

/** Everything there is to be served. */
export const assets: readonly Asset[] = [stylesheet, icon];

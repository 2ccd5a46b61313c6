/** The office for browsers: one page that is a program, and the files it is made of. */
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Edge,
  type EdgeContext,
  programPolicy,
  redirectReply,
} from '../../platform/http/index.ts';
import { freshBytes } from '../../platform/random.ts';

type Built = {
  readonly entry: string;
  readonly first: readonly string[];
  readonly style: string | null;
};

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

/** What was built for browsers, read whole: names are looked up in it, never in a folder. */
function readBuilt(root: string): { built: Built; files: ReadonlyMap<string, Buffer> } | null {
  const folder = resolve(root, 'dist/office');
  try {
    const built = JSON.parse(readFileSync(resolve(folder, 'list.json'), 'utf8')) as Built;
    const names = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name));
    const files = names.map((name) => [name, readFileSync(resolve(folder, name))] as const);
    return { built, files: new Map(files) };
  } catch {
    return null;
  }
}

function pageOf({ entry, first, style }: Built, nonce: string): string {
  const file = (name: string) => `/office/files/${name}`;
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex, nofollow">',
    `<meta name="style-nonce" content="${nonce}">`,
    '<title>信衡办公端</title><link rel="icon" href="data:,">',
    ...(style === null ? [] : [`<link rel="stylesheet" href="${file(style)}">`]),
    ...first.map((name) => `<link rel="modulepreload" href="${file(name)}">`),
    `<script type="module" src="${file(entry)}"></script></head>`,
    '<body><div id="office"></div>',
    '<noscript>办公端需要浏览器运行脚本。The office needs a browser that runs scripts.</noscript>',
    '</body></html>',
  ].join('');
}

const notBuilt =
  '办公端页面尚未构建，请运行 npm ci。The pages of the office are not built; run npm ci.\n';

/** Adds the pages of the office to an edge. `root`: the folder of the installation. */
export function addOfficePages(edge: Edge, root: string): void {
  const found = readBuilt(root);
  const page = () => {
    if (found === null) {
      return {
        ...{ status: 503, type: 'text/plain; charset=utf-8', body: notBuilt },
        cache: 'none' as const,
      };
    }
    const nonce = Buffer.from(freshBytes(16)).toString('base64url');
    return {
      ...{ status: 200, type: 'text/html; charset=utf-8', body: pageOf(found.built, nonce) },
      cache: 'none' as const,
      headers: { 'content-security-policy': programPolicy(nonce) },
    };
  };
  edge.on('GET', '/office', () => redirectReply('/office/', 308));
  const file = (c: EdgeContext) => {
    const name = c.req.param('name') ?? '';
    const body = found?.files.get(name);
    return body === undefined
      ? {
          ...{ status: 404, type: 'text/plain; charset=utf-8', body: 'not found\n' },
          cache: 'none' as const,
        }
      : { status: 200, type: types[name.split('.').at(-1)!]!, body, cache: 'fixed' as const };
  };
  // Two dozen files at the first visit, of everybody behind one address; they stand in memory.
  edge.on('GET', '/office/files/:name', file, { limited: false });
  edge.on('GET', '/office/*', page);
}

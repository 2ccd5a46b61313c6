// Bundles src/app/cli.ts into dist/xinheng.js: one file starts several times faster than hundreds of
// TypeScript modules. Packages stay outside the bundle and are loaded from node_modules.
import { build } from 'esbuild';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}src/app/cli.ts`)) {
  process.stdout.write('build: nothing to build yet\n');
  process.exit(0);
}
rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  entryPoints: [`${root}src/app/cli.ts`],
  outfile: `${root}dist/xinheng.js`,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  splitting: false,
  sourcemap: 'linked',
  jsx: 'automatic',
  logLevel: 'warning',
});

// Contracts are written with Zod, which brings its messages in fifty languages; no page shows one of them.
const withoutMessages = {
  name: 'without-messages',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

// `import { Table } from 'antd'` goes through one file that names every part of the kit; what any page uses
// would be loaded with the first. Each part is imported from its own file instead.
const kitByParts = {
  name: 'kit-by-parts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/](ui|answers)[\\/].*office[\\/].*\.tsx$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(
        /import \{([^}]*)\} from 'antd';/g,
        (_whole, names) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== '' && !name.startsWith('type '))
            .map((name) => name.split(' as '))
            .map(([name, own = name]) => `import ${own} from 'antd/es/${fileOf(name)}';`)
            .join(' '),
      );
      return { contents, loader: 'tsx' };
    });
  },
};
const fileOf = (name) =>
  name === 'QRCode' ? 'qr-code' : name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();

// The office for browsers: one small entry and parts that are loaded when a page wants them. Names change
// with the content, so that browsers may keep them for ever; the list says which the first page loads.
const web = await build({
  entryPoints: [{ in: `${root}src/answers/office/pages/main.tsx`, out: 'office' }],
  outdir: `${root}dist/office`,
  bundle: true,
  platform: 'browser',
  target: ['chrome109', 'firefox115', 'safari16'],
  format: 'esm',
  splitting: true,
  minify: true,
  metafile: true,
  entryNames: '[name]-[hash]',
  chunkNames: 'part-[hash]',
  assetNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  tsconfig: `${root}tsconfig.web.json`,
  jsx: 'automatic',
  logLevel: 'warning',
  plugins: [withoutMessages, kitByParts],
});
const outputs = Object.entries(web.metafile.outputs);
const [entry, { imports, cssBundle }] = outputs.find(([, { entryPoint }]) =>
  entryPoint?.endsWith('office/pages/main.tsx'),
);
const nameOf = (path) => path.split('/').at(-1);
const firstParts = (found, seen = new Set()) => {
  for (const { path, kind } of found) {
    if (kind !== 'import-statement' || seen.has(path)) continue;
    seen.add(path);
    firstParts(web.metafile.outputs[path].imports, seen);
  }
  return [...seen];
};
writeFileSync(
  `${root}dist/office/list.json`,
  JSON.stringify({
    entry: nameOf(entry),
    first: firstParts(imports).map(nameOf),
    style: cssBundle === undefined ? null : nameOf(cssBundle),
  }),
);

// What has to come before the first page stands, and what comes with the first chart, compressed. A page in a
// browser is measured by e2e/office-pages.test.ts; this says early that something large slipped in.
const most = { 'first load': 450, charts: 220 };
const kilobytes = (paths) =>
  Math.ceil(
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(root + path)).length, 0) / 1024,
  );
const [chartEntry] = outputs.find(([, { entryPoint }]) =>
  entryPoint?.endsWith('ui/office/echarts.ts'),
);
const first = [entry, ...firstParts(imports)];
const ofCharts = [chartEntry, ...firstParts(web.metafile.outputs[chartEntry].imports)];
const sizes = {
  'first load': kilobytes(first),
  charts: kilobytes(ofCharts.filter((path) => !first.includes(path))),
};
for (const [name, size] of Object.entries(sizes)) {
  process.stdout.write(
    `build: office, ${name}: ${size} kB of script, compressed (${most[name]})\n`,
  );
  if (size > most[name]) process.exitCode = 1;
}

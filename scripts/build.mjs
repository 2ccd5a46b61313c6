// Bundles src/app/cli.ts into dist/xinheng.js: one file starts several times faster than hundreds of
// TypeScript modules. Packages stay outside the bundle and are loaded from node_modules.
import { build } from 'esbuild';
import { existsSync, rmSync } from 'node:fs';
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

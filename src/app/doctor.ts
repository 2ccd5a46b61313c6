/**
 * What `xinheng doctor` looks at: everything that must be right before and while an installation runs.
 * It changes nothing; the embedded database is started for the look and stopped again, never made.
 */
import { constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { access, mkdtemp, rmdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { makeRulebook } from '../kernel/rulebook/rulebook.ts';
import { checkRulebook, loadFiles } from '../law/rulebook/index.ts';
import type { Config } from '../platform/config.ts';
import { holderOf } from '../platform/db/embedded-lock.ts';
import { isRunning } from '../platform/db/embedded-process.ts';

/** What was found. `note`: nothing is wrong, but worth knowing. */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'wrong';
  /** What there is. */
  readonly found: string;
  /** What to do; for what is wrong. */
  readonly todo?: string;
};

const ok = (name: string, found: string): Check => ({ name, state: 'ok', found });
const note = (name: string, found: string): Check => ({ name, state: 'note', found });
const wrong = (name: string, found: string, todo: string): Check => ({
  name,
  state: 'wrong',
  found,
  todo,
});

export { note, ok, wrong };

/** The words of the system for a call that failed. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** Whether Node is new enough: `wanted` as in package.json, `>=20.19`. */
export function checkNode(version: string, wanted: string): Check {
  const name = 'Node.js';
  const numbers = (text: string) =>
    text
      .replace(/^[^\d]*/, '')
      .split('.')
      .map(Number);
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(wanted);
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  if (!isOld) return ok(name, version);
  return wrong(
    name,
    `${version}，需要 needed ${wanted}`,
    '请安装较新的 Node.js 后重新运行 npm ci。 Install a newer Node.js, then run npm ci again.',
  );
}

const mb = 1024 * 1024;
const freeMbMin = 500;
const freeMbComfortable = 2_048;

/** Whether there is room, by the free bytes at `path`. */
export function checkRoom(freeBytes: number, path: string): Check {
  const name = '磁盘 disk';
  const freeMb = Math.floor(freeBytes / mb);
  const found = `${path} 剩余 free ${freeMb} MB`;
  if (freeMb < freeMbMin) {
    return wrong(
      name,
      found,
      `至少需要 ${freeMbMin} MB，请清理磁盘或用 XINHENG_VAR 换位置。 At least ${freeMbMin} MB are needed: make room, or name another place with XINHENG_VAR.`,
    );
  }
  return freeMb < freeMbComfortable ? note(name, found) : ok(name, found);
}

/** The folder itself, or the nearest one above it that is there. */
function nearest(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function checkDisk(config: Config): Promise<Check> {
  const folder = nearest(config.varDir);
  const { bavail, bsize } = await statfs(folder);
  return checkRoom(bavail * bsize, folder);
}

/** Whether files can be made in the data folder. */
export async function checkFolder(varDir: string): Promise<Check> {
  const name = '数据目录 data folder';
  const folder = nearest(varDir);
  try {
    if (folder !== varDir) {
      await access(folder, constants.W_OK | constants.X_OK);
      if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
      return ok(name, `${varDir}（首次启动时建立 made on first start）`);
    }
    await rmdir(await mkdtemp(resolve(varDir, '.doctor-')));
    return ok(name, varDir);
  } catch (error) {
    return wrong(
      name,
      `${varDir}: ${reasonOf(error)}`,
      '请让运行信衡的用户可以读写该目录，或用 XINHENG_VAR 换位置。 Let the user who runs Xinheng read and write it, or name another place with XINHENG_VAR.',
    );
  }
}

/** Whether the keys are there, whole, and readable by their owner only. */
export function checkKeys(varDir: string): Check {
  const name = '密钥 keys';
  const folder = resolve(varDir, 'keys');
  if (!existsSync(folder)) return note(name, '首次启动时生成 made on first start');
  try {
    const files = readdirSync(folder);
    const open = files.find((file) => (statSync(resolve(folder, file)).mode & 0o077) !== 0);
    if (open !== undefined) {
      const path = resolve(folder, open);
      return wrong(name, `${path} 其他用户可读 is open to other users`, `chmod 600 ${path}`);
    }
    const master = readFileSync(resolve(folder, 'master.key'), 'utf8').trim();
    if (/^[0-9a-f]{64}$/.test(master)) return ok(name, folder);
    return wrong(
      name,
      `${folder}/master.key 内容损坏 is damaged`,
      '请从备份恢复；没有主密钥，已存的原始文件无法打开。 Restore it from a backup: without it no raw file can be opened.',
    );
  } catch (error) {
    return wrong(
      name,
      `${folder}: ${reasonOf(error)}`,
      '请从备份恢复密钥，并让运行信衡的用户可读。 Restore the keys from a backup, readable by the user who runs Xinheng.',
    );
  }
}

/** Process id of the server that runs on these data, 0 when none does. */
export function serverOn(varDir: string): number {
  const pid = holderOf(resolve(varDir, 'serve.lock'));
  return isRunning(pid) ? pid : 0;
}

/** Whether the address of the portal can be listened on. */
export function checkPort({ host, port, varDir }: Config): Promise<Check> {
  const name = '端口 port';
  const address = `${host}:${port}`;
  const running = serverOn(varDir);
  if (running !== 0) {
    return Promise.resolve(ok(name, `${address} 服务正在运行 the server is running (${running})`));
  }
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const other =
        reasonOf(error) === 'EADDRINUSE'
          ? '被其他程序占用 taken by another program'
          : reasonOf(error);
      settle(
        wrong(
          name,
          `${address} ${other}`,
          '请停止那个程序，或用 --port、--host（XINHENG_PORT、XINHENG_HOST）换地址。 Stop that program, or choose another address with --port, --host.',
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => settle(ok(name, `${address} 可用 free`))));
  });
}

const fontNames =
  /noto ?sans ?(cjk|sc)|source ?han|wqy|simsun|simhei|droid ?sans ?fallback|pingfang|yahei/i;

function hasFont(folder: string, depth: number): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some(
      (entry) =>
        fontNames.test(entry.name.replaceAll(/[-_]/g, ' ')) ||
        (entry.isDirectory() && depth > 0 && hasFont(resolve(folder, entry.name), depth - 1)),
    );
  } catch {
    return false;
  }
}

/** Whether the machine has Chinese letters of its own; pages are drawn with the reader's. */
export function checkFont(
  root: string,
  folders = ['/usr/share/fonts', '/usr/local/share/fonts'],
): Check {
  const name = '中文字体 Chinese font';
  const own = resolve(root, 'node_modules/@fontsource/noto-sans-sc');
  if (existsSync(own)) return ok(name, own);
  const found = folders.find((folder) => hasFont(folder, 3));
  if (found !== undefined) return ok(name, found);
  return note(
    name,
    '本机没有；网页使用读者的字体，不受影响 none here; pages are drawn with the fonts of their readers',
  );
}

/** Whether the rulebook's files can be read and fit each other. */
export async function checkRules(config: Config): Promise<Check> {
  const name = '规则包 rulebook';
  const loaded = await loadFiles(config.rulebookDirs, config.clock.now());
  const [unread] = loaded.problems;
  const todo =
    '用 xinheng rulebook check 查看全部问题。 See all of them with xinheng rulebook check.';
  if (unread !== undefined) {
    return wrong(name, `${unread.file}:${unread.line ?? 0} ${unread.message}`, todo);
  }
  const errors = checkRulebook(makeRulebook(loaded.editions)).filter(
    ({ severity }) => severity === 'error',
  );
  const [first] = errors;
  if (first !== undefined)
    return wrong(name, `${first.edition} ${first.code}: ${first.detail}`, todo);
  return ok(name, `${loaded.editions.length} 个版本 editions`);
}

/** Everything that can be looked at without a database. */
export async function checkMachine(config: Config): Promise<Check[]> {
  const { engines } = JSON.parse(readFileSync(resolve(config.root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return [
    checkNode(process.versions.node, engines.node),
    await checkDisk(config),
    await checkFolder(config.varDir),
    checkKeys(config.varDir),
    await checkPort(config),
    checkFont(config.root),
    await checkRules(config),
  ];
}

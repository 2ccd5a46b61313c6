/** Names in the watched folder: what is taken, what is left alone, and what a file is called afterwards. */
import type { Instant } from '../../kernel/day.ts';
import { instantFromMs, instantMs } from '../../kernel/day.ts';

/** Folders of ours in every folder that files are dropped into. */
export const ownFolders = { taking: '.taking', done: 'done', refused: 'refused' } as const;

/** What lies in the inbox for people to read. */
export const inboxGuide = {
  name: '说明.txt',
  text: [
    '把文件放进 <报送单位统一社会信用代码>/<目录事项>/ 两级文件夹，例如 11320100MBXX00019X/行政处罚/七月.xlsx。',
    '文件不再变化约两秒后即被收取：收下的移到 done/，旁边是回执（.receipt.json）和需要改正的行（.wrong-rows.xlsx）；退回的移到 refused/，旁边是原因（.refusal.json）。',
    '最好先以 .part 结尾上传，传完再改名。以“.”“~$”开头或者以 .part、.tmp、.filepart 结尾的文件不收取。',
    '',
    'Drop files into <unified code of the provider>/<directory item>/. A file that no longer changes is taken after about two seconds and moved to done/ or refused/ with the answer beside it.',
    'Upload under a name that ends in .part and rename when complete.',
    '',
  ].join('\r\n'),
} as const;

/** Whether a name belongs to a file that is still being written, or to us. */
export function isLeftAlone(name: string): boolean {
  return (
    name === inboxGuide.name ||
    name.startsWith('.') ||
    name.startsWith('~$') ||
    /\.(part|tmp|temp|filepart|crdownload|swp)$/i.test(name)
  );
}

const nameBytesMax = 150;

/**
 * A name as it is kept and written into messages: no control characters, separators or direction
 * marks, not longer than a file system bears with what is put before and behind it.
 */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029/\\:*?"<>|\ufffd]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 && plain.length - dot <= 10 ? plain.slice(dot) : '';
  let stem = ending === '' ? plain : plain.slice(0, dot);
  while (Buffer.byteLength(stem + ending) > nameBytesMax) stem = [...stem].slice(0, -1).join('');
  const whole = ending === '' ? stem.replace(/[.\s]+$/, '') : stem + ending;
  return whole === '' ? 'file' : whole;
}

/** What is put before a name when a file is taken: the moment in UTC+8, and something that differs. */
export function takenPrefix(at: Instant, differs: string): string {
  const local = instantFromMs(instantMs(at) + 8 * 3_600_000);
  return `${local.slice(0, 19).replaceAll(/[-:]/g, '')}-${differs}_`;
}

const taken = /^\d{8}T\d{6}-[0-9a-f]+_/;

/** The name a taken file had; `null` for names that are not of ours. */
export function nameBefore(name: string): string | null {
  return taken.test(name) ? name.replace(taken, '') : null;
}

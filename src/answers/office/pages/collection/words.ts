/** Words the pages of deliveries share. */
import type { Words } from '../../../../ui/reader.ts';
import type { BatchBrief } from '../../collection/contract.ts';

/** What became of a row. */
export const outcomeWords: Readonly<Record<'A' | 'W' | 'D' | 'H' | 'R', Words>> = {
  A: { zh: '接收', en: 'accepted' },
  W: { zh: '接收（有提示）', en: 'accepted, with a warning' },
  D: { zh: '重复', en: 'duplicate' },
  H: { zh: '待核', en: 'waiting' },
  R: { zh: '退回', en: 'given back' },
};

/** How far a batch is. */
export const stateWords: Readonly<Record<BatchBrief['state'], Words>> = {
  received: { zh: '已收到，等待处理', en: 'received, waiting' },
  running: { zh: '正在处理', en: 'being worked' },
  done: { zh: '处理完毕', en: 'done' },
  refused: { zh: '整个文件退回', en: 'given back whole' },
};

/** Bytes as people say them. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} kB` : `${(kilo / 1024).toFixed(1)} MB`;
}

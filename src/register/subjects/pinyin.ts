/** Pinyin initials of a name: 南京示例 → njsl. Characters that are no ideographs stay as they are. */
import { pinyin } from 'pinyin-pro';

/** First letters, one per character; only letters and digits are kept. */
export function initialsOf(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

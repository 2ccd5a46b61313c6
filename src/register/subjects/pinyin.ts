/** Pinyin initials of a name: 南京示例 → njsl. Characters that are no ideographs stay as they are. */
import { pinyin, polyphonic } from 'pinyin-pro';

// Whole names are read as words (行 in 银行 and in 行走), which takes long. Most characters have one
// initial only; of the others a few characters around decide, and the same few come again and again.
const single = new Map<string, string | null>();
const inContext = new Map<string, string>();
const contextsMax = 200_000;
const reach = 2;

/** The one initial of a character, `''` where it has none; `null` where its readings differ. */
function singleInitial(character: string): string | null {
  const known = single.get(character);
  if (known !== undefined) return known;
  const readings = polyphonic(character, {
    pattern: 'first',
    toneType: 'none',
    type: 'array',
  }) as string[][];
  const initials = new Set((readings[0] ?? []).map(letterOf));
  const initial = initials.size === 1 ? [...initials][0]! : null;
  single.set(character, initial);
  return initial;
}

const letterOf = (reading: string) => reading.toLowerCase().replace(/[^a-z0-9]/g, '');

function readInContext(characters: readonly string[], at: number): string {
  const from = Math.max(0, at - reach);
  const around = characters.slice(from, at + reach + 1);
  const key = `${at - from}${around.join('')}`;
  const known = inContext.get(key);
  if (known !== undefined) return known;
  const read = pinyin(around.join(''), { pattern: 'first', toneType: 'none', type: 'array' });
  const initial = letterOf(read[at - from] ?? '');
  // Only so many are kept: what people type comes here too.
  if (inContext.size >= contextsMax) inContext.clear();
  inContext.set(key, initial);
  return initial;
}

/** First letters, one per character; only letters and digits are kept. */
export function initialsOf(text: string): string {
  const characters = [...text];
  let initials = '';
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index]!;
    const code = character.codePointAt(0)!;
    if (code < 0x80) initials += letterOf(character);
    else if (code >= 0x3400)
      initials += singleInitial(character) ?? readInContext(characters, index);
  }
  return initials;
}

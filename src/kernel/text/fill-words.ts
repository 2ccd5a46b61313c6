/** Fills `{name}` in the sentences of messages and of the rulebook. */

/** Values a sentence may name. */
export type FillWords = Readonly<Record<string, string | number | undefined>>;

/** Replaces `{name}` by its value; a name nobody filled shows as `—`, never as a brace. */
export function fillWords(sentence: string, words: FillWords): string {
  return sentence.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(words, name) ? words[name] : undefined;
    return value === undefined || value === '' ? '—' : String(value);
  });
}

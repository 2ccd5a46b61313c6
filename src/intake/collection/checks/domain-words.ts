/** Fills `{…}` in the sentences of the rulebook. */

/** Values a sentence may name. */
export type Words = Readonly<Record<string, string | number | undefined>>;

/** Replaces `{name}` by its value; a name nobody filled shows as `—`, never as a brace. */
export function fillWords(sentence: string, words: Words): string {
  return sentence.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = words[name];
    return value === undefined || value === '' ? '—' : String(value);
  });
}

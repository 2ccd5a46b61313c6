/** For whom a page is drawn: language, type size, and what every page says of the installation. */

/** The languages of the portal; Chinese is the source. */
export type Language = 'zh' | 'en';

/** The same text in both languages. */
export type Words = { readonly zh: string; readonly en: string };

/** The reader of one page. */
export type Reader = {
  readonly lang: Language;
  /** Whether large type was chosen (适老版). */
  readonly large: boolean;
  /** Gives the text in the reader's language. */
  readonly say: (words: Words) => string;
  /** Address of one of our pages, written without language, in the reader's language. */
  readonly to: (path: string) => string;
};

/** English pages live under this; Chinese ones at the root. */
export const englishPrefix = '/en';

/** Makes a reader. */
export function readerOf(lang: Language, large: boolean): Reader {
  return {
    lang,
    large,
    say: (words) => words[lang],
    to: (path) => addressIn(lang, path),
  };
}

/** Address of a page in a language: `/law` → `/en/law`; the home page is `/en`. */
export function addressIn(lang: Language, path: string): string {
  if (lang === 'zh') return path;
  return path === '/'
    ? englishPrefix
    : `${englishPrefix}${path.startsWith('/?') ? path.slice(1) : path}`;
}

/** Splits an address into its language and the path without it. */
export function languageOf(path: string): { readonly lang: Language; readonly path: string } {
  if (path === englishPrefix) return { lang: 'en', path: '/' };
  if (path.startsWith(`${englishPrefix}/`)) {
    return { lang: 'en', path: path.slice(englishPrefix.length) };
  }
  return { lang: 'zh', path };
}

/** The language attribute of a document. */
export const htmlLanguage: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

/** Fills `{name}` in words. */
export function fill(words: Words, values: Readonly<Record<string, string | number>>): Words {
  const put = (text: string) =>
    text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { zh: put(words.zh), en: put(words.en) };
}

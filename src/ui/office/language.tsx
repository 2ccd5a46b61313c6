/** The reader's language in the office: Chinese, or English where it was chosen. */
import { type ReactNode, createContext, useContext, useMemo, useState } from 'react';
import type { Words } from '../reader.ts';

type Language = 'zh' | 'en';

type Said = {
  readonly lang: Language;
  /** Gives a text in the reader's language: Chinese first, English second. */
  readonly t: (zh: string, en: string) => string;
  readonly say: (words: Words) => string;
  readonly choose: (lang: Language) => void;
};

const kept = 'xinheng-language';
const Context = createContext<Said | null>(null);

/** Gives the pages below a language, and keeps the choice on this device. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [lang, setLang] = useState<Language>(() =>
    localStorage.getItem(kept) === 'en' ? 'en' : 'zh',
  );
  const said = useMemo<Said>(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
    return {
      lang,
      t: (zh, en) => (lang === 'zh' ? zh : en),
      say: (words) => words[lang],
      choose: (chosen) => {
        localStorage.setItem(kept, chosen);
        setLang(chosen);
      },
    };
  }, [lang]);
  return <Context.Provider value={said}>{children}</Context.Provider>;
}

/** The reader's language. */
export function useLanguage(): Said {
  const said = useContext(Context);
  if (said === null) throw new Error('a page outside LanguageProvider');
  return said;
}

/** The office in a browser: what is around its pages, and where they begin. */
import './office.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Kit, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Router } from 'wouter';
import { Refused } from '../../../ui/office/client.ts';
import { LanguageProvider, useLanguage } from '../../../ui/office/language.tsx';
import { Office } from './shell.tsx';

const answersKeptMs = 5_000;
const nonce = document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';

// Some parts of the kit make style sheets and forget the nonce they were given; nothing else here makes any.
const createElement = document.createElement.bind(document);
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const made = createElement(name, options);
  if (name === 'style') made.nonce = nonce;
  return made;
}) as typeof document.createElement;

const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: answersKeptMs,
      // What was refused is refused again; a server that was not reached is asked once more.
      retry: (count, error) => count < 1 && error instanceof Refused && error.problem.status === 0,
    },
  },
});

const theme = {
  token: {
    colorPrimary: '#0f3a63',
    colorLink: '#0f5699',
    colorLinkHover: '#0b3f70',
    colorLinkActive: '#0b3f70',
    // The kit's greys are too light to be read by everybody.
    colorTextPlaceholder: '#5c6875',
    colorTextDescription: '#4a5766',
    colorTextDisabled: '#5c6875',
    motion: false,
  },
};

function Dressed() {
  const { lang } = useLanguage();
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={lang === 'zh' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
    >
      <Kit>
        <Router base="/office">
          <Office />
        </Router>
      </Kit>
    </ConfigProvider>
  );
}

createRoot(document.getElementById('office')!).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={answers}>
        <Dressed />
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);

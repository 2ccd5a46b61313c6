/** How many letters were not opened yet, beside the entry of the menu. Asked when the reader goes to another page. */
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { lettersRoute } from '../../notices/contract.ts';

export function LetterCount() {
  const { t } = useLanguage();
  const client = useQueryClient();
  const [location] = useLocation();
  // A clock that asked on its own would keep a session alive that nobody uses.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: [lettersRoute.path] });
  }, [client, location]);
  const { data } = useRead(lettersRoute, {});
  if (data === undefined || data.unread === 0) return null;
  return <span className="count">{t(`${data.unread}件未读`, `${data.unread} new`)}</span>;
}

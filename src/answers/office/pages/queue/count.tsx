/** How much waits, beside the entry of the menu. Asked when the reader goes to another page, never by itself. */
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { queueRoute } from '../../queue/contract.ts';

export function QueueCount() {
  const { t } = useLanguage();
  const client = useQueryClient();
  const [location] = useLocation();
  // A clock that asked on its own would keep a session alive that nobody uses.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: [queueRoute.path] });
  }, [client, location]);
  const { data } = useRead(queueRoute, { show: 'mine' });
  if (data === undefined || data.waiting.length === 0) return null;
  const late = data.waiting.filter(({ due }) => due?.overdue === true).length;
  const count = `${data.waiting.length}${data.next === null ? '' : '+'}`;
  return (
    <span className="count">
      {t(`${count}件`, count)}
      {late === 0 ? '' : t(`，${late}件逾期`, `, ${late} overdue`)}
    </span>
  );
}

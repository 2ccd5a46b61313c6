/** Parts the list and the matter share: a clock in words, and steps with the reasons against them. */
import { Tag } from 'antd';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment } from '../../../../ui/office/parts.tsx';
import type { QueueClockView, QueueStepView } from '../../queue/contract.ts';

/** The last moment in time, and what sets it. */
export function Clock({ due }: { readonly due: QueueClockView | null }) {
  const { t, say } = useLanguage();
  if (due === null) return <>{t('没有规定期限', 'no limit is set')}</>;
  const { by, overdue, limit, provisions } = due;
  const cited = provisions.map(({ instrument, article }) => `${say(instrument)} ${article ?? ''}`);
  return (
    <>
      {overdue ? <Tag color="red">{t('已逾期', 'overdue')}</Tag> : null}
      <Moment at={by} />
      <div className="cited">
        {limit.applies}
        {t('：', ': ')}
        {cited.length === 0
          ? t('平台目标，不是法定期限', 'a target of the platform, not of the law')
          : cited.join(t('；', '; '))}
      </div>
    </>
  );
}

/** Steps that are not open, each with its reason. */
export function NotOpen({ steps }: { readonly steps: readonly QueueStepView[] }) {
  const { t, say } = useLanguage();
  const closed = steps.filter(({ allowed }) => !allowed);
  if (closed.length === 0) return null;
  return (
    <ul>
      {closed.map(({ action, name, why }) => (
        <li key={`${action} ${name.en}`}>
          <strong>{say(name)}</strong>
          {t('：', ': ')}
          {why === null ? '' : say(why)}
        </li>
      ))}
    </ul>
  );
}

/** Names of the steps that are open, in a line. */
export function Open({ steps }: { readonly steps: readonly QueueStepView[] }) {
  const { t, say } = useLanguage();
  const open = steps.filter(({ allowed }) => allowed).map(({ name }) => say(name));
  return <>{open.length === 0 ? t('没有', 'none') : open.join(t('、', ', '))}</>;
}

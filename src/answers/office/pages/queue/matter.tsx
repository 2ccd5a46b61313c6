/** One matter: facts, what was done, the steps open to the reader, and why others are not. */
import { Alert, Timeline } from 'antd';
import { Link } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type QueueCaseView, type QueueMomentView, queueCaseRoute } from '../../queue/contract.ts';
import { Clock, NotOpen, Open } from './parts.tsx';
import { Respond } from './respond.tsx';

export default function Matter(parts: { readonly kind: string; readonly id: string }) {
  const { t, say } = useLanguage();
  const asked = useRead(queueCaseRoute, parts);
  const { data } = asked;
  return (
    <>
      <PageHead
        title={data === undefined ? t('待办事项', 'A matter') : say(data.title)}
        lead={data === undefined ? undefined : `${say(data.kind.name)} · ${say(data.state.name)}`}
        actions={<Link href="/queue">{t('返回待办', 'Back to the queue')}</Link>}
      />
      <Shown asked={asked}>{(matter) => <Opened matter={matter} />}</Shown>
    </>
  );
}

function Opened({ matter }: { readonly matter: QueueCaseView }) {
  const { t, say } = useLanguage();
  const { about, since, due, done, facts, timeline } = matter;
  return (
    <>
      <Facts
        facts={[
          [t('关于', 'About'), say(about)],
          [t('等待自', 'Waiting since'), <Moment key="since" at={since} />],
          ...(done ? [] : ([[t('期限', 'Clock'), <Clock key="due" due={due} />]] as const)),
          ...facts.map(({ name, value }) => [say(name), value] as const),
        ]}
      />
      <Steps matter={matter} />
      <section aria-label={t('经过', 'What was done')}>
        <h2>{t('经过', 'What was done')}</h2>
        <Timeline items={timeline.map((moment) => ({ content: <Told moment={moment} /> }))} />
      </section>
    </>
  );
}

function Told({ moment }: { readonly moment: QueueMomentView }) {
  const { t, say } = useLanguage();
  const { at, what, account, unit, reason } = moment;
  return (
    <>
      <Moment at={at} /> <strong>{say(what)}</strong>
      {account === null ? '' : ` ${account}`}
      {unit === null ? '' : t(`（${unit.name ?? unit.code}）`, ` (${unit.name ?? unit.code})`)}
      {reason === null ? null : <div>{t(`理由：${reason}`, `Reason: ${reason}`)}</div>}
    </>
  );
}

function Steps({ matter }: { readonly matter: QueueCaseView }) {
  const { t, say } = useLanguage();
  const { done, page, mine, actions, barred } = matter;
  if (done) return <Alert type="success" showIcon title={t('已经办结。', 'This is done.')} />;
  return (
    <section aria-label={t('办理', 'Steps')}>
      <h2>{t('办理', 'Steps')}</h2>
      <p>
        {t('您可以办理：', 'You may: ')}
        <Open steps={actions} />
        {t('。', '.')}
      </p>
      {mine && page !== null ? (
        <p>
          <Link href={page}>{t('前往办理', 'Go and do it')}</Link>
        </p>
      ) : null}
      {mine && matter.kind.code === 'bulletin-response' ? (
        <Respond id={matter.id} steps={actions} />
      ) : null}
      {mine && page === null && matter.kind.code !== 'bulletin-response' ? (
        <p>{t('这一步在命令行办理。', 'This step is taken on the command line.')}</p>
      ) : null}
      {!mine && page !== null ? (
        <p>
          <Link href={page}>{t('前往查看', 'Go and see it')}</Link>
        </p>
      ) : null}
      {actions.some(({ allowed }) => !allowed) ? (
        <>
          <h3>{t('您不能办理的，及其原因', 'What you may not do, and why')}</h3>
          <NotOpen steps={actions} />
        </>
      ) : null}
      {barred.length === 0 ? null : (
        <>
          <h3>{t('因已参与而须回避的人', 'Who took part and may not take the next step')}</h3>
          <ul>
            {barred.map(({ account, step, why }) => (
              <li key={`${account} ${step.en}`}>
                <strong>
                  {account} {say(step)}
                </strong>
                {t('：', ': ')}
                {say(why)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

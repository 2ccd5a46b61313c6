/** One letter: its text, what became of it, and the acknowledgement. */
import { useEffect } from 'react';
import { Button, Timeline, Typography } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type LetterView,
  acknowledgeRoute,
  letterRoute,
  lettersRoute,
} from '../../notices/contract.ts';
import { useHappened, useStates } from './words.ts';

export function One({ id }: { readonly id: string }) {
  const { t, say } = useLanguage();
  const asked = useRead(letterRoute, { id });
  const client = useQueryClient();
  const isOpen = asked.data !== undefined;
  useEffect(() => {
    // Opening it was entered: the count beside the menu is another one now.
    if (isOpen) void client.invalidateQueries({ queryKey: [lettersRoute.path] });
  }, [client, isOpen]);
  return (
    <>
      <PageHead
        title={asked.data === undefined ? t('一件告知', 'A letter') : say(asked.data.title)}
        actions={<Link href="/letters">{t('返回告知', 'Back to letters')}</Link>}
      />
      <Shown asked={asked}>{(letter) => <Opened letter={letter} />}</Shown>
    </>
  );
}

function Opened({ letter }: { readonly letter: LetterView }) {
  const { t } = useLanguage();
  const states = useStates();
  const { state, servedOn, servedBy } = letter;
  const by = {
    acknowledgement: t('收件人确认', 'by acknowledgement'),
    deemed: t('依规定视为送达', 'deemed by a rule'),
  };
  return (
    <>
      <article lang="zh-CN" className="letter">
        {letter.body.zh}
      </article>
      <article lang="en" className="letter">
        {letter.body.en}
      </article>
      <Facts
        facts={[
          [t('时间', 'When'), <Moment key="at" at={letter.at} />],
          [t('状态', 'State'), states[state]],
          [
            t('送达', 'Served'),
            servedOn === null || servedBy === null
              ? t('尚未送达', 'not served yet')
              : t(`${servedOn}，${by[servedBy]}`, `${servedOn}, ${by[servedBy]}`),
          ],
        ]}
      />
      <Acknowledge letter={letter} />
      <History letter={letter} />
    </>
  );
}

function Acknowledge({ letter }: { readonly letter: LetterView }) {
  const { t, say } = useLanguage();
  const acknowledge = useChange(acknowledgeRoute, [lettersRoute, letterRoute]);
  const step = letter.actions.find(({ action }) => action === 'acknowledge');
  return (
    <>
      <Trouble error={acknowledge.error} />
      {step?.allowed === true ? (
        <Button
          type="primary"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ id: letter.id })}
        >
          {t('确认收到', 'I have received it')}
        </Button>
      ) : step?.why === null || step?.why === undefined ? null : (
        <Typography.Paragraph>{say(step.why)}</Typography.Paragraph>
      )}
    </>
  );
}

function History({ letter }: { readonly letter: LetterView }) {
  const { t } = useLanguage();
  const { kinds, channels } = useHappened();
  return (
    <section aria-label={t('经过', 'What happened')}>
      <h2>{t('经过', 'What happened')}</h2>
      <Timeline
        items={letter.history.map(({ at, kind, channel, account }) => ({
          key: `${at} ${kind} ${channel ?? ''}`,
          content: (
            <>
              <Moment at={at} /> {kinds[kind] ?? kind}
              {channel === null ? '' : `（${channels[channel] ?? channel}）`}
              {account === null ? '' : ` ${account}`}
            </>
          ),
        }))}
      />
    </section>
  );
}

/** The bulletin of a month: its state, what departments said, and the steps of two officers. */
import { useState } from 'react';
import { Button, Flex, Form, Input } from 'antd';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type BulletinView,
  bulletinDecisionRoute,
  bulletinRoute,
  bulletinStepRoute,
} from '../../quality/contract.ts';

const firstPerson: ReadonlySet<string> = new Set(['draft', 'send', 'cancel']);

export function BulletinPart({ period }: { readonly period: string }) {
  const asked = useRead(bulletinRoute, { period });
  return <Shown asked={asked}>{(bulletin) => <Opened bulletin={bulletin} />}</Shown>;
}

function useWords() {
  const { t } = useLanguage();
  return {
    draft: t('起草', 'Draft'),
    send: t('送达各部门确认', 'Send to departments'),
    cancel: t('撤销', 'Cancel'),
    publish: t('发布', 'Publish'),
    uphold: t('异议成立', 'The contest is right'),
    dismiss: t('异议不成立', 'The contest is not right'),
    drafted: t('已起草', 'drafted'),
    sent: t('已送达，等待确认', 'sent, waits for departments'),
    published: t('已发布', 'published'),
    cancelled: t('已撤销', 'cancelled'),
    asked: t('未答复', 'not answered'),
    confirmed: t('已确认', 'confirmed'),
    contested: t('有异议', 'contests'),
    upheld: t('异议成立', 'contest upheld'),
    dismissed: t('异议不成立', 'contest dismissed'),
  } as Readonly<Record<string, string>>;
}

function Opened({ bulletin }: { readonly bulletin: BulletinView }) {
  const { t, say } = useLanguage();
  const words = useWords();
  const stale = [bulletinRoute];
  const step = useChange(bulletinStepRoute, stale);
  const decide = useChange(bulletinDecisionRoute, stale);
  const [reason, setReason] = useState('');
  const { period, newest, actions } = bulletin;
  const take = (action: string, unit: string | null = null) => {
    if (firstPerson.has(action)) step.mutate({ period, action: action as 'draft', reason });
    else decide.mutate({ period, action: action as 'publish', unit, reason });
  };
  return (
    <>
      {newest === null ? (
        <p>{t('这个月还没有起草通报。', 'No bulletin of this month was drafted.')}</p>
      ) : (
        <Facts
          facts={[
            [t('状态', 'State'), words[newest.state]],
            [t('版次', 'Edition'), newest.edition],
            [t('起草', 'Drafted'), <Moment key="at" at={newest.draftedAt} />],
            [t('部门答复截至', 'Departments answer until'), newest.windowEnds ?? '—'],
          ]}
        />
      )}
      <Form.Item label={t('理由', 'Reason')} htmlFor="why">
        <Input
          id="why"
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      <Flex gap="small" wrap>
        {actions
          .filter(({ allowed }) => allowed)
          .map(({ action }) => (
            <Button key={action} loading={step.isPending} onClick={() => take(action)}>
              {words[action] ?? action}
            </Button>
          ))}
      </Flex>
      <Trouble error={step.error ?? decide.error} />
      <ul>
        {actions
          .filter(({ allowed }) => !allowed)
          .map(({ action, why }) => (
            <li key={action}>
              {words[action] ?? action}
              {t('：', ': ')}
              {why === null ? '' : say(why)}
            </li>
          ))}
      </ul>
      <Departments bulletin={bulletin} words={words} onAnswer={take} />
    </>
  );
}

function Departments(parts: {
  readonly bulletin: BulletinView;
  readonly words: Readonly<Record<string, string>>;
  readonly onAnswer: (action: string, unit: string) => void;
}) {
  const { t } = useLanguage();
  const { bulletin, words, onAnswer } = parts;
  return (
    <DataTable
      caption={t('各部门', 'Departments')}
      rowKey={({ unit }) => unit.code}
      list={{ rows: bulletin.departments }}
      columns={[
        { title: t('单位', 'Unit'), render: (_value, { unit }) => unit.name ?? unit.code },
        { title: t('收到', 'Received'), dataIndex: 'received', align: 'right' },
        {
          title: t('得分（最低–最高）', 'Score (lowest–highest)'),
          render: (_value, { score }) =>
            score === null
              ? t('不适用', 'not due')
              : `${(score.lowest / 100).toFixed(2)}–${(score.highest / 100).toFixed(2)}`,
        },
        {
          title: t('答复', 'Said'),
          render: (_value, { response }) =>
            response === null ? '—' : `${words[response.state]} ${response.ground ?? ''}`,
        },
        {
          title: t('办理', 'Step'),
          render: (_value, { unit, actions }) =>
            actions
              .filter(({ allowed }) => allowed)
              .map(({ action }) => (
                <Button key={action} size="small" onClick={() => onAnswer(action, unit.code)}>
                  {words[action] ?? action}
                </Button>
              )),
        },
      ]}
    />
  );
}

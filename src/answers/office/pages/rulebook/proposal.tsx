/** One proposal: what would differ, what a dry run over stored records shows, and the second person's step. */
import { useState } from 'react';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type ProposalView,
  type RehearsalView,
  editionsRoute,
  proposalRoute,
  proposalsRoute,
  rehearsalRoute,
  rulebookDecideRoute,
  rulebookWithdrawRoute,
} from '../../rulebook/contract.ts';
import { Citations, Dates, Differences } from './parts.tsx';
import { useStepWords } from './words.ts';

export function ProposalPart({ id }: { readonly id: string }) {
  const asked = useRead(proposalRoute, { id });
  return <Shown asked={asked}>{(proposal) => <Opened proposal={proposal} />}</Shown>;
}

function Opened({ proposal }: { readonly proposal: ProposalView }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const { line, problems, steps } = proposal;
  return (
    <>
      <h2>{line === null ? t('提案', 'Proposal') : say(line.title)}</h2>
      {line === null ? null : <Dates line={line} />}
      {problems.map(({ severity, code, detail }) => (
        <Alert
          key={`${code} ${detail}`}
          type={severity === 'error' ? 'error' : 'warning'}
          showIcon
          title={code}
          description={detail}
        />
      ))}
      <Citations citations={proposal.citations} />
      <h2>{t('与前一版本的差异', 'What differs from the edition before')}</h2>
      <Differences comparison={proposal.comparison} />
      <DryRun id={proposal.proposalId} />
      <ul>
        {steps.map(({ action, account, at }) => (
          <li key={`${action} ${at}`}>
            <Moment at={at} /> {account} {words[action] ?? action}
          </li>
        ))}
      </ul>
      <Decide proposal={proposal} />
    </>
  );
}

function DryRun({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const [wanted, setWanted] = useState(false);
  const asked = useRead(rehearsalRoute, { id }, { when: wanted });
  return (
    <section aria-label={t('试运行', 'Dry run')}>
      <h2>{t('试运行', 'Dry run')}</h2>
      <p>
        {t(
          '按提案重算已存记录的窗口，与现行规则比较；不保存任何结果。',
          'Windows of stored records are worked out under the proposal and compared; nothing is stored.',
        )}
      </p>
      <Button loading={asked.isFetching} onClick={() => setWanted(true)}>
        {t('试运行', 'Run')}
      </Button>
      {wanted ? <Shown asked={asked}>{(found) => <Found found={found} />}</Shown> : null}
    </section>
  );
}

function Found({ found }: { readonly found: RehearsalView }) {
  const { t } = useLanguage();
  const names = {
    show: t('公示', 'show'),
    share: t('共享', 'share'),
    use: t('使用', 'use'),
    report: t('报告', 'report'),
  };
  const rows = (['show', 'share', 'use', 'report'] as const).map((channel) => ({
    channel,
    ...(found.channels[channel] ?? { opened: 0, closed: 0, moved: 0 }),
  }));
  return (
    <>
      <p role="status">
        {found.sample
          ? t(`抽样${found.looked}条记录，`, `A sample of ${found.looked} records: `)
          : t(`全部${found.looked}条记录，`, `All ${found.looked} records: `)}
        {t(
          `以${found.on}为准，${found.changed}条的窗口不同，${found.classChanged}条的等级不同。`,
          `on ${found.on}, windows of ${found.changed} differ, the class of ${found.classChanged}.`,
        )}
      </p>
      <DataTable
        caption={t('各窗口的变化', 'Changes by channel')}
        rowKey={({ channel }) => channel}
        list={{ rows }}
        columns={[
          { title: t('窗口', 'Channel'), render: (_value, { channel }) => names[channel] },
          { title: t('新开放', 'Opened'), dataIndex: 'opened', align: 'right' },
          { title: t('全部关闭', 'Closed'), dataIndex: 'closed', align: 'right' },
          { title: t('起止不同', 'Moved'), dataIndex: 'moved', align: 'right' },
        ]}
      />
      {found.examples.length === 0 ? null : (
        <DataTable
          caption={t('例子', 'Examples')}
          rowKey={(one) => JSON.stringify(one)}
          list={{ rows: found.examples }}
          columns={[
            { title: t('事项', 'Item'), dataIndex: 'itemName' },
            { title: t('决定日期', 'Decided'), render: (_value, one) => one.decidedOn ?? '—' },
            { title: t('窗口', 'Channel'), render: (_value, { channel }) => names[channel] },
            { title: t('现行', 'Now'), dataIndex: 'before' },
            { title: t('提案', 'Proposed'), dataIndex: 'after' },
          ]}
        />
      )}
    </>
  );
}

function Decide({ proposal }: { readonly proposal: ProposalView }) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const stale = [proposalRoute, proposalsRoute, editionsRoute];
  const decide = useChange(rulebookDecideRoute, stale);
  const withdraw = useChange(rulebookWithdrawRoute, stale);
  const [reason, setReason] = useState('');
  const { proposalId: id, actions } = proposal;
  const take = (action: string) => {
    if (action === 'withdraw') withdraw.mutate({ id, reason });
    else decide.mutate({ id, action: action as 'approve', reason });
  };
  if (actions.length === 0) return null;
  return (
    <section aria-label={t('办理', 'Your step')}>
      <h2>{t('办理', 'Your step')}</h2>
      {actions.some(({ allowed }) => allowed) ? (
        <Form.Item label={t('理由（必填）', 'Reason (needed)')} htmlFor="decide-reason">
          <Input
            id="decide-reason"
            value={reason}
            maxLength={500}
            onChange={({ target }) => setReason(target.value)}
          />
        </Form.Item>
      ) : null}
      <Flex gap="small" wrap>
        {actions
          .filter(({ allowed }) => allowed)
          .map(({ action }) => (
            <Button key={action} disabled={reason.trim() === ''} onClick={() => take(action)}>
              {words[action] ?? action}
            </Button>
          ))}
      </Flex>
      <Trouble error={decide.error ?? withdraw.error} />
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
    </section>
  );
}

/** What may be done about a batch: its wrong rows as a file, and 发布 and 停止公示 by two persons. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { useChange } from '../../../../ui/office/ask.ts';
import { addressOf } from '../../../../ui/office/client.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import {
  type BatchView,
  batchRoute,
  batchesRoute,
  errorWorkbookRoute,
} from '../../collection/contract.ts';
import { proposalRoute, releaseRoute } from '../../collection/unit/contract.ts';
import { useMay } from '../session/me.ts';

const reasonCharsMost = 500;
const stale = [batchRoute, batchesRoute];

type Deciding = 'release' | 'withdraw' | 'reject';
type Asking = 'propose' | 'propose-withdrawal' | 'cancel';

/** Steps as a person takes them: whoever prepares asks by one route, whoever decides by the other. */
function useSteps(id: string) {
  const prepares = useMay('double-publicity:prepare');
  const propose = useChange(proposalRoute, stale);
  const decide = useChange(releaseRoute, stale);
  return {
    error: propose.error ?? decide.error,
    decide: (action: Deciding) => decide.mutate({ id, action }),
    ask(action: Asking, reason?: string) {
      const with_ = reason === undefined ? {} : { reason };
      if (prepares) propose.mutate({ id, action, ...with_ });
      else if (action !== 'propose') decide.mutate({ id, action, ...with_ });
    },
  };
}

export function Actions({ batch }: { readonly batch: BatchView }) {
  const { t } = useLanguage();
  const { actions, release, batch: id } = batch;
  const { error, decide, ask } = useSteps(id);
  const may = (action: (typeof actions)[number]) => actions.includes(action);
  const states = useStates();
  const words: readonly (readonly [Deciding, string, boolean])[] = [
    ['release', t('发布', 'Release'), true],
    ['withdraw', t('停止公示', 'Take back'), true],
    ['reject', t('不同意', 'Reject'), false],
  ];
  return (
    <>
      <Trouble error={error} />
      <p className="actions">
        {release === null
          ? null
          : `${t('双公示', 'Publicity')}${t('：', ': ')}${states[release.state]} `}
        {may('error-workbook') ? (
          <Button href={addressOf(errorWorkbookRoute, { id }).address} download>
            {t('下载退回的行（XLSX）', 'Download wrong rows (XLSX)')}
          </Button>
        ) : null}
        {may('propose') ? (
          <Button type="primary" onClick={() => ask('propose')}>
            {t('提请发布', 'Propose for release')}
          </Button>
        ) : null}
        {words.map(([action, label, isFirst]) =>
          may(action) ? (
            <Button
              key={action}
              {...(isFirst ? { type: 'primary' as const } : {})}
              onClick={() => decide(action)}
            >
              {label}
            </Button>
          ) : null,
        )}
        {may('cancel') ? (
          <Button onClick={() => ask('cancel')}>{t('撤回提请', 'Take the proposal back')}</Button>
        ) : null}
      </p>
      {release === null || release.withdrawalReason === null ? null : (
        <p>
          {t('停止公示的理由：', 'Why it is to be taken back: ')}
          {release.withdrawalReason}
        </p>
      )}
      {may('propose-withdrawal') ? (
        <Withdrawal onAsk={(reason) => ask('propose-withdrawal', reason)} />
      ) : null}
    </>
  );
}

/** States of publicity in words. */
function useStates(): Readonly<Record<NonNullable<BatchView['release']>['state'], string>> {
  const { t } = useLanguage();
  return {
    'not-needed': t('不需要发布程序', 'no release is needed'),
    waiting: t('等待提请发布', 'waits for a proposal'),
    proposed: t('已提请，等待第二人', 'proposed; waits for the second person'),
    released: t('已发布', 'released'),
    'withdrawal-proposed': t(
      '已提请停止公示，等待第二人；决定之前照常公示',
      'asked to be taken back; shown until the second person decides',
    ),
    withdrawn: t('已停止公示', 'taken back'),
  };
}

/** Asking to take a batch back: not done by a slip, and never without a reason. */
function Withdrawal({ onAsk }: { readonly onAsk: (reason: string) => void }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <p>
        <Button onClick={() => setOpen(true)}>{t('提请停止公示…', 'Ask to take it back…')}</Button>
      </p>
    );
  }
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason }: { reason: string }) => {
        onAsk(reason);
        setOpen(false);
      }}
    >
      <Form.Item
        name="reason"
        label={t(
          '停止公示整个批次的理由（第二人和审计看得到）',
          'Why the whole batch is to be taken back (the second person and the audit read it)',
        )}
        rules={[{ required: true, whitespace: true, message: t('请写明理由', 'Say why') }]}
      >
        <Input.TextArea rows={3} maxLength={reasonCharsMost} autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('提请停止公示', 'Ask to take it back')}
      </Button>{' '}
      <Button onClick={() => setOpen(false)}>{t('不提请了', 'Leave it')}</Button>
    </Form>
  );
}

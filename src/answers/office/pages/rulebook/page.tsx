/** Law as data: editions, what waits for a second person, and a form for a new edition. */
import { useState } from 'react';
import { Button, Form, Input, Select, Tabs, Tag } from 'antd';
import { useSearch } from 'wouter';
import { useChange, useList, useRead } from '../../../../ui/office/ask.ts';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Moment, PageHead, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type EditionLine,
  editionsRoute,
  proposalsRoute,
  rulebookProposeRoute,
} from '../../rulebook/contract.ts';
import { useMay } from '../session/me.ts';
import { EditionPart } from './edition.tsx';
import { ProposalPart } from './proposal.tsx';
import { useStandingWords } from './words.ts';

type Opened = { readonly kind: 'edition' | 'proposal'; readonly id: string } | null;

export default function RulebookPage() {
  const { t } = useLanguage();
  // The queue leads to a proposal.
  const named = new URLSearchParams(useSearch()).get('proposal');
  const [opened, setOpened] = useState<Opened>(
    named === null ? null : { kind: 'proposal', id: named },
  );
  const mayPropose = useMay('rulebook:propose');
  const lists = [
    {
      key: 'editions',
      label: t('规则版本', 'Editions'),
      children: <Editions onOpen={(id) => setOpened({ kind: 'edition', id })} />,
    },
    {
      key: 'proposals',
      label: t('等待批准', 'Waiting for approval'),
      children: <Proposals onOpen={(id) => setOpened({ kind: 'proposal', id })} />,
    },
    ...(mayPropose
      ? [
          {
            key: 'new',
            label: t('提交新版本', 'Propose a new edition'),
            children: <NewEdition onDone={(id) => setOpened({ kind: 'proposal', id })} />,
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead
        title={t('规则', 'Rulebook')}
        lead={t(
          '规则是有日期的版本，登记后不可改动。新版本由一人提出，试运行看清影响，由另一人批准，自生效日起适用。',
          'Rules are dated editions and never edited. One person proposes a new one, a dry run shows what it does, another approves; it holds from its day of effect.',
        )}
        actions={
          opened === null ? undefined : (
            <Button onClick={() => setOpened(null)}>{t('返回列表', 'Back to the lists')}</Button>
          )
        }
      />
      {opened === null ? <Tabs items={lists} /> : null}
      {opened?.kind === 'edition' ? (
        <EditionPart name={opened.id} onOpen={(id) => setOpened({ kind: 'proposal', id })} />
      ) : null}
      {opened?.kind === 'proposal' ? <ProposalPart id={opened.id} /> : null}
    </>
  );
}

type Standing = 'in-force' | 'not-yet' | 'ended' | 'draft' | 'unconfirmed';

function Editions({ onOpen }: { readonly onOpen: (key: string) => void }) {
  const { t, say } = useLanguage();
  const standings = useStandingWords();
  const [standing, setStanding] = useState<Standing>('in-force');
  const list = useList(
    editionsRoute,
    { standing },
    { rows: ({ editions }): readonly EditionLine[] => editions, next: ({ next }) => next },
  );
  return (
    <>
      <Form.Item label={t('效力', 'Standing')} htmlFor="standing">
        <Select<Standing>
          id="standing"
          value={standing}
          onChange={setStanding}
          options={(['in-force', 'not-yet', 'ended', 'draft', 'unconfirmed'] as const).map(
            (value) => ({ value, label: standings[value] }),
          )}
        />
      </Form.Item>
      <DataTable
        caption={t('规则版本', 'Editions')}
        rowKey={({ key }) => key}
        list={list}
        columns={[
          {
            title: t('名称', 'Title'),
            render: (_value, { key, title }) => (
              <Button type="link" onClick={() => onOpen(key)}>
                {say(title)}
              </Button>
            ),
          },
          { title: t('版本', 'Edition'), dataIndex: 'edition' },
          {
            title: t('效力期间', 'In force'),
            render: (_value, { validFrom, validTo }) =>
              `${validFrom} – ${validTo ?? t('今', 'now')}`,
          },
          { title: t('地区', 'Place'), dataIndex: 'jurisdiction' },
          {
            title: t('核实', 'Read'),
            render: (_value, { confidence, confirmedByTwo }) => (
              <Tag variant="outlined">
                {confirmedByTwo
                  ? t('两人已确认', 'confirmed by two')
                  : confidence === 'confirmed'
                    ? t('已核原文', 'read in full')
                    : t('未核实', 'unconfirmed')}
              </Tag>
            ),
          },
        ]}
      />
    </>
  );
}

function Proposals({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { t } = useLanguage();
  const asked = useRead(proposalsRoute, {});
  return (
    <Shown asked={asked}>
      {({ proposals }) => (
        <DataTable
          caption={t('等待批准', 'Waiting for approval')}
          rowKey={({ proposalId }) => proposalId}
          list={{ rows: proposals }}
          columns={[
            {
              title: t('版本', 'Edition'),
              render: (_value, { proposalId, key }) => (
                <Button type="link" onClick={() => onOpen(proposalId)}>
                  {key}
                </Button>
              ),
            },
            {
              title: t('事由', 'What for'),
              render: (_value, { kind }) =>
                kind === 'edition' ? t('新版本', 'new edition') : t('确认', 'confirmation'),
            },
            {
              title: t('提出', 'Proposed'),
              render: (_value, { proposedAt }) => <Moment at={proposedAt} />,
            },
          ]}
        />
      )}
    </Shown>
  );
}

function NewEdition({ onDone }: { readonly onDone: (id: string) => void }) {
  const { t } = useLanguage();
  const propose = useChange(rulebookProposeRoute, [proposalsRoute]);
  const needed = [{ required: true, message: t('请填写', 'Needed') }];
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(given: { text: string; reason: string }) =>
        propose.mutate(given, { onSuccess: ({ proposalId }) => onDone(proposalId) })
      }
    >
      <Form.Item
        name="text"
        rules={needed}
        label={t('规则文本（YAML，与规则文件相同）', 'The edition (YAML, as in a rulebook file)')}
      >
        <Input.TextArea rows={16} maxLength={60_000} spellCheck={false} />
      </Form.Item>
      <Form.Item name="reason" rules={needed} label={t('理由和依据', 'Why, and on what ground')}>
        <Input maxLength={500} />
      </Form.Item>
      <Trouble error={propose.error} />
      <Button type="primary" htmlType="submit" loading={propose.isPending}>
        {t('检查并提交', 'Check and propose')}
      </Button>
    </Form>
  );
}

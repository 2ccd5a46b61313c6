/** One edition: what it rests on, when it holds, what differs; and the request to confirm it. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type EditionView,
  editionRoute,
  proposalsRoute,
  rulebookProposeRoute,
} from '../../rulebook/contract.ts';
import { Citations, Dates, Differences } from './parts.tsx';

export function EditionPart(parts: {
  readonly name: string;
  readonly onOpen: (proposal: string) => void;
}) {
  const asked = useRead(editionRoute, { key: parts.name });
  return (
    <Shown asked={asked}>{(edition) => <Opened edition={edition} onOpen={parts.onOpen} />}</Shown>
  );
}

function Opened(parts: {
  readonly edition: EditionView;
  readonly onOpen: (proposal: string) => void;
}) {
  const { t, say } = useLanguage();
  const { edition, onOpen } = parts;
  const { line, proposed } = edition;
  return (
    <>
      <h2>{say(line.title)}</h2>
      <Dates line={line} />
      <Facts
        facts={[
          [t('制定', 'Authority'), edition.authority],
          [t('登记', 'Recorded'), <Moment key="at" at={edition.recordedAt} />],
          [t('内容摘要', 'Digest'), edition.digest],
          [t('出处', 'Sources'), edition.sources.join('；')],
          [t('说明', 'Note'), edition.note ?? '—'],
        ]}
      />
      <Citations citations={edition.citations} />
      <h2>{t('与前一版本的差异', 'What differs from the edition before')}</h2>
      <Differences comparison={edition.comparison} />
      {proposed === null ? (
        <Confirm edition={edition} onDone={onOpen} />
      ) : (
        <Button onClick={() => onOpen(proposed)}>
          {t('打开等待批准的提案', 'Open the proposal that waits')}
        </Button>
      )}
    </>
  );
}

function Confirm(parts: {
  readonly edition: EditionView;
  readonly onDone: (proposal: string) => void;
}) {
  const { t, say } = useLanguage();
  const propose = useChange(rulebookProposeRoute, [editionRoute, proposalsRoute]);
  const [reason, setReason] = useState('');
  const { line, actions } = parts.edition;
  const [action] = actions;
  if (action === undefined) return null;
  if (!action.allowed) return <p>{action.why === null ? '' : say(action.why)}</p>;
  return (
    <Form
      layout="vertical"
      onFinish={() =>
        propose.mutate(
          { edition: line.key, reason },
          { onSuccess: ({ proposalId }) => parts.onDone(proposalId) },
        )
      }
    >
      <Form.Item label={t('已核对的内容', 'What was read')} htmlFor="read">
        <Input
          id="read"
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      <Trouble error={propose.error} />
      <Button htmlType="submit" disabled={reason.trim() === ''} loading={propose.isPending}>
        {t('提请另一人确认', 'Ask another person to confirm it')}
      </Button>
    </Form>
  );
}

/** One doubtful link: what the row says beside each candidate, and the step of whoever looks at it. */
import { useRef, useState } from 'react';
import { Alert, Button, Flex, Form, Input, type InputRef, Tag, Timeline } from 'antd';
import { Link } from 'wouter';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import {
  type LinkCandidateView,
  type LinkReviewView,
  linkCandidatesRoute,
  linkDecisionRoute,
  linkProposalRoute,
  linkReviewRoute,
  linkReviewsRoute,
} from '../../links/contract.ts';
import { Evidence } from './evidence.tsx';
import { useKeys, useKeysOn } from './keys.ts';
import { actionWords, stateWords } from './words.ts';

export default function Review({ id }: { readonly id: string }) {
  const { t, say } = useLanguage();
  const asked = useRead(linkReviewRoute, { id });
  const state = asked.data?.state;
  return (
    <>
      <PageHead
        title={t('一条待复核的关联', 'One doubtful link')}
        lead={state === undefined ? undefined : say(stateWords[state] ?? { zh: state, en: state })}
        actions={<Link href="/links">{t('返回列表', 'Back to the list')}</Link>}
      />
      <Shown asked={asked}>{(review) => <Opened review={review} />}</Shown>
    </>
  );
}

function Opened({ review }: { readonly review: LinkReviewView }) {
  const { t } = useLanguage();
  const [found, setFound] = useState<readonly LinkCandidateView[]>([]);
  const all = [
    ...review.candidates,
    ...found.filter((one) => !review.candidates.some((known) => known.subjectId === one.subjectId)),
  ];
  const proposed = all.find(({ chosen }) => chosen)?.subjectId ?? null;
  const [picked, setPicked] = useState<string | null>(proposed);
  const reason = useRef<InputRef>(null);
  const [keysOn] = useKeysOn();
  const mayPick = review.state === 'open' && review.procedure === 'link-review';
  useKeys(keysOn, (key) => {
    if (key === 'Enter') {
      reason.current?.focus();
      return true;
    }
    if (!mayPick || all.length === 0) return false;
    const at = all.findIndex(({ subjectId }) => subjectId === picked);
    const to =
      key === 'j'
        ? Math.min(all.length - 1, at + 1)
        : key === 'k'
          ? Math.max(0, at - 1)
          : Number(key) - 1;
    const next = all[to];
    if (next === undefined) return false;
    setPicked(next.subjectId);
    return true;
  });
  return (
    <>
      <About review={review} />
      <h2>{t('对照', 'Side by side')}</h2>
      {review.procedure === 'link-undo' ? null : (
        <Evidence
          says={review.says}
          candidates={all}
          picked={picked}
          onPick={mayPick ? setPicked : null}
        />
      )}
      {mayPick ? <Find id={review.reviewId} onFound={setFound} /> : null}
      <Steps review={review} picked={picked} reason={reason} />
      <Taken review={review} />
    </>
  );
}

function About({ review }: { readonly review: LinkReviewView }) {
  const { t } = useLanguage();
  const { row, record, reasons, values } = review;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={t('为什么需要人工判断', 'Why people have to decide')}
        description={reasons.map(({ message }) => message).join('')}
      />
      {row === null ? null : (
        <Facts
          facts={[
            [t('来源单位', 'Source'), row.unit.name ?? row.unit.code],
            [t('事项', 'Item'), row.itemName],
            [t('文号', 'Document number'), row.documentNumber ?? '—'],
            [t('作出单位', 'Authority'), row.authority ?? '—'],
            [t('文件和行号', 'File and row'), `${row.fileName} / ${row.rowNo}`],
            [t('收到', 'Received'), <Moment key="at" at={row.receivedAt} />],
          ]}
        />
      )}
      {record === null ? null : (
        <Facts
          facts={[
            [t('记录', 'Record'), `${record.itemName} ${record.documentNumber ?? ''}`],
            [t('作出单位', 'Authority'), record.authority ?? '—'],
            [t('现在关联的主体', 'Linked now to'), record.subject?.name ?? '—'],
            [t('统一社会信用代码', 'Unified code'), record.subject?.uscc ?? '—'],
          ]}
        />
      )}
      {values.length === 0 ? null : (
        <details>
          <summary>{t('行内其他内容', 'What else the row says')}</summary>
          <Facts
            facts={values.map(({ name, value, unit }) => [name, `${value}${unit ?? ''}`] as const)}
          />
        </details>
      )}
    </>
  );
}

function Find(parts: {
  readonly id: string;
  readonly onFound: (found: readonly LinkCandidateView[]) => void;
}) {
  const { t } = useLanguage();
  const [q, setQ] = useState('');
  const asked = useRead(linkCandidatesRoute, { id: parts.id, q }, { when: q !== '' });
  const count = asked.data?.candidates.length;
  return (
    <Form
      layout="vertical"
      onFinish={({ text }: { text?: string }) => {
        setQ((text ?? '').trim());
      }}
    >
      <Form.Item
        name="text"
        label={t(
          '候选中没有？按代码或者完整名称查找',
          'Not among them? Look by code or exact name',
        )}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Flex gap="small" align="center" wrap>
        <Button htmlType="submit" loading={asked.isFetching}>
          {t('查找', 'Look')}
        </Button>
        {count === undefined ? null : (
          <span role="status">
            {t(`找到${count}个主体`, `${count} found`)}
            {count === 0 ? null : (
              <Button type="link" onClick={() => parts.onFound(asked.data!.candidates)}>
                {t('加入对照', 'Put beside the others')}
              </Button>
            )}
          </span>
        )}
      </Flex>
      <Trouble error={asked.error} />
    </Form>
  );
}

const proposals: ReadonlySet<string> = new Set(['propose-link', 'propose-return']);

type Actions = LinkReviewView['actions'];

function NotYours({ actions }: { readonly actions: Actions }) {
  const { say } = useLanguage();
  return (
    <ul>
      {actions
        .filter(({ allowed }) => !allowed)
        .map(({ action, why }) => (
          <li key={action}>
            <Tag>{say(actionWords[action] ?? { zh: action, en: action })}</Tag>
            {why === null ? '' : say(why)}
          </li>
        ))}
    </ul>
  );
}

/** Takes a step: those of the first person go one way, those of the second another. */
function useSteps(id: string, actions: Actions) {
  const stale = [linkReviewRoute, linkReviewsRoute];
  const propose = useChange(linkProposalRoute, stale);
  const decide = useChange(linkDecisionRoute, stale);
  const isOpen = (test: RegExp) =>
    actions.some(({ action, allowed }) => allowed && test.test(action));
  const asOfficer = isOpen(/^propose/) || !isOpen(/^(confirm|keep)/);
  return {
    error: propose.error ?? decide.error,
    isPending: propose.isPending || decide.isPending,
    take: (action: string, reason: string, picked: string | null) => {
      if (proposals.has(action) || (action === 'send-back' && asOfficer)) {
        const subject = action === 'propose-link' ? picked : null;
        propose.mutate({ id, reason, subject, action: action as 'propose-link' });
      } else {
        decide.mutate({ id, reason, action: action as 'confirm' });
      }
    },
  };
}

function Steps(parts: {
  readonly review: LinkReviewView;
  readonly picked: string | null;
  readonly reason: React.RefObject<InputRef | null>;
}) {
  const { t, say } = useLanguage();
  const { review, picked } = parts;
  const { actions, reviewId } = review;
  const steps = useSteps(reviewId, actions);
  const [reason, setReason] = useState('');
  if (actions.length === 0) return null;
  const take = (action: string) => steps.take(action, reason.trim(), picked);
  const open = actions.filter(({ allowed }) => allowed);
  const ready = (action: string) =>
    reason.trim() !== '' && (action !== 'propose-link' || picked !== null);
  const main = open[0]?.action;
  return (
    <section aria-label={t('办理', 'Your step')}>
      <h2>{t('办理', 'Your step')}</h2>
      {open.length === 0 ? null : (
        <Form
          layout="vertical"
          onFinish={() => {
            if (main !== undefined && ready(main)) take(main);
          }}
        >
          <Form.Item
            label={t('理由（必填，存入留痕）', 'Reason (needed, kept in the audit)')}
            htmlFor="reason"
          >
            <Input
              id="reason"
              ref={parts.reason}
              value={reason}
              maxLength={500}
              onChange={({ target }) => setReason(target.value)}
            />
          </Form.Item>
          <Flex gap="small" wrap>
            {open.map(({ action }) => (
              <Button
                key={action}
                type={action === main ? 'primary' : 'default'}
                disabled={!ready(action)}
                loading={steps.isPending}
                onClick={() => take(action)}
              >
                {say(actionWords[action] ?? { zh: action, en: action })}
              </Button>
            ))}
          </Flex>
        </Form>
      )}
      <Trouble error={steps.error} />
      <NotYours actions={actions} />
    </section>
  );
}

function Taken({ review }: { readonly review: LinkReviewView }) {
  const { t, say } = useLanguage();
  if (review.steps.length === 0) return null;
  return (
    <section aria-label={t('已办步骤', 'Steps taken')}>
      <h2>{t('已办步骤', 'Steps taken')}</h2>
      <Timeline
        items={review.steps.map(({ action, account, at, reason }) => ({
          content: (
            <>
              <Moment at={at} /> {account} {say(actionWords[action] ?? { zh: action, en: action })}
              {reason === null ? '' : t(`：${reason}`, `: ${reason}`)}
            </>
          ),
        }))}
      />
    </section>
  );
}

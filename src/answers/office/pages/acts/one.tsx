/** One act: what it was, and how it stands against the log. */
import { Alert } from 'antd';
import { Link } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { type ActView, type ProofView, actRoute } from '../../audit/contract.ts';

export default function One({ id }: { readonly id: string }) {
  const { t } = useLanguage();
  const asked = useRead(actRoute, { id });
  return (
    <>
      <PageHead
        title={t('一项行为', 'One act')}
        lead={asked.data?.kind}
        actions={<Link href="/acts">{t('返回列表', 'Back to the list')}</Link>}
      />
      <Shown asked={asked}>
        {(act) => (
          <>
            <h2>{t('核对', 'Held against the log')}</h2>
            <Proof proof={act.proof} />
            <h2>{t('内容', 'What it was')}</h2>
            <About act={act} />
          </>
        )}
      </Shown>
    </>
  );
}

function About({ act }: { readonly act: ActView }) {
  const { t, say } = useLanguage();
  const { provision, firstAct } = act;
  return (
    <>
      <Facts
        facts={[
          [t('时间', 'Time'), <Moment key="at" at={act.at} />],
          [t('账户', 'Account'), act.account],
          [t('岗位', 'Position'), say(act.position)],
          [t('单位', 'Unit'), act.unit.name ?? act.unit.code],
          [t('对象', 'Object'), act.object],
          [t('理由', 'Reason'), act.reason],
          [
            t('依据', 'Ground'),
            provision === null ? '—' : `${say(provision.instrument)} ${provision.article ?? ''}`,
          ],
          [
            t('第一人的行为', 'Act of the first person'),
            firstAct === null ? '—' : <Link href={`/acts/${firstAct}`}>{firstAct}</Link>,
          ],
          [t('流程编号', 'Trace'), act.traceId],
        ]}
      />
      <h3>{t('附记', 'Facts')}</h3>
      {act.facts.length === 0 ? <p>{t('没有', 'None')}</p> : null}
      <Facts
        facts={act.facts.map(({ name, value }) => [
          name,
          value ?? t('有，属业务内容，不在审计中显示', 'there is one; business, not shown here'),
        ])}
      />
    </>
  );
}

function useRowWords(): Record<ProofView['row'], string> {
  const { t } = useLanguage();
  return {
    unchanged: t('与当时写下的一致', 'It is what was written down at the time'),
    altered: t(
      '与当时写下的不一致：数据库中的这一行被改动过',
      'It is not what was written down at the time: the row in the database was changed',
    ),
    uncommitted: t(
      '没有指纹：可能绕过系统写入',
      'It has no commitment: it may have been written past the system',
    ),
  };
}

function useLogWords({ position, checkpoint }: ProofView): Record<ProofView['log'], string> {
  const { t } = useLanguage();
  const at = position ?? 0;
  return {
    shown: t(
      `已在透明日志第${at}条，由${checkpoint?.size ?? 0}条的检查点证明`,
      `In the log as entry ${at}, proven by the checkpoint of ${checkpoint?.size ?? 0} entries`,
    ),
    placed: t(
      `已排在透明日志第${at}条，等待下一个检查点`,
      `Entry ${at} of the log, in no checkpoint yet`,
    ),
    waiting: t('等待写入透明日志', 'Waiting to be taken into the log'),
    differs: t(
      `透明日志第${at}条不是这个指纹：指纹被改动过`,
      `Entry ${at} of the log is another one: the commitment was changed`,
    ),
    unread: t(
      `应在透明日志第${at}条，但日志文件无法读取，请系统管理员检查`,
      `It should be entry ${at} of the log, whose files cannot be read: ask the system administrator`,
    ),
    absent: t('透明日志中没有', 'Not in the log'),
  };
}

const broken: ReadonlySet<string> = new Set(['altered', 'uncommitted', 'differs', 'absent']);

function Proof({ proof }: { readonly proof: ProofView }) {
  const { t } = useLanguage();
  const { row, log, since, commitment, checkpoint } = proof;
  const rows = useRowWords();
  const logs = useLogWords(proof);
  const isBroken = broken.has(row) || broken.has(log);
  const isOpen = log !== 'shown';
  return (
    <section aria-label={t('核对结果', 'What was found')}>
      <Alert
        className="trouble"
        showIcon
        type={isBroken ? 'error' : isOpen ? 'warning' : 'success'}
        title={rows[row]}
        description={logs[log]}
      />
      <Facts
        facts={[
          [t('等待自', 'Waiting since'), <Moment key="since" at={since} />],
          [
            t('检查点签于', 'Checkpoint signed at'),
            <Moment key="signed" at={checkpoint?.at ?? null} />,
          ],
          [
            t('指纹', 'Commitment'),
            <span key="digest" className="digest">
              {commitment ?? '—'}
            </span>,
          ],
        ]}
      />
    </section>
  );
}

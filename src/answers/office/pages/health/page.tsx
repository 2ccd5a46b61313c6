/** How the installation runs, for the system administrator. */
import { Alert } from 'antd';
import type { z } from 'zod';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown } from '../../../../ui/office/parts.tsx';
import { healthRoute } from '../../system/contract.ts';

type Health = z.infer<typeof healthRoute.output>;

const everyMs = 30_000;
const mb = 1024 * 1024;

export default function HealthPage() {
  const { t } = useLanguage();
  const asked = useRead(healthRoute, {}, { every: everyMs });
  return (
    <>
      <PageHead
        title={t('运行情况', 'Health')}
        lead={t(
          '每半分钟刷新。更全面的检查请在服务器上运行 xinheng doctor。',
          'Read anew every half minute. For everything, run xinheng doctor on the machine.',
        )}
      />
      <Shown asked={asked}>
        {(health) => (
          <>
            <h2>{t('透明日志', 'Transparency log')}</h2>
            <Log log={health.log} />
            <h2>{t('办理和保存', 'Work and storage')}</h2>
            <Work health={health} />
          </>
        )}
      </Shown>
    </>
  );
}

function Log({ log }: { readonly log: Health['log'] }) {
  const { t } = useLanguage();
  if (log === null) {
    return (
      <Alert
        className="trouble"
        showIcon
        type="warning"
        title={t('透明日志还没有开始', 'The log has not been begun')}
        description={t(
          '服务运行时会自动开始；行为已留指纹，不会丢失。',
          'A running server begins it. Acts are committed to already; none is lost.',
        )}
      />
    );
  }
  return (
    <>
      <Alert
        className="trouble"
        showIcon
        type={log.late ? 'error' : 'success'}
        title={
          log.late
            ? t('滞后超过规则允许的时间', 'Further behind than the rulebook allows')
            : t('没有超过规则允许的滞后', 'Not further behind than the rulebook allows')
        }
      />
      <Facts
        facts={[
          [t('名称', 'Name'), log.origin],
          [t('滞后（秒）', 'Behind (seconds)'), log.lagSeconds],
          [t('等待写入', 'Waiting'), log.waiting],
          [t('最早的等待自', 'The oldest waits since'), <Moment key="since" at={log.since} />],
          [t('最近检查点', 'Last checkpoint'), <Moment key="at" at={log.signed?.at ?? null} />],
          [t('检查点条数', 'Entries in it'), log.signed?.size ?? '—'],
        ]}
      />
    </>
  );
}

function Work({ health }: { readonly health: Health }) {
  const { t } = useLanguage();
  const { waiting, figures, backup, database } = health;
  const never = t('从未', 'never');
  return (
    <Facts
      facts={[
        [t('未办完的批次', 'Batches not finished'), waiting.batches],
        [t('最早的收于', 'The oldest came at'), <Moment key="since" at={waiting.since} />],
        [t('等待确定主体的行', 'Rows whose subject is in doubt'), waiting.rows],
        [
          t('例行维护最近一次完成统计', 'Upkeep last worked out figures at'),
          figures === null ? never : <Moment key="made" at={figures.madeAt} />,
        ],
        [
          t('最近备份', 'Last backup'),
          backup === null ? t('没有记录', 'none known') : <Moment key="backup" at={backup} />,
        ],
        [t('数据库', 'Database'), `PostgreSQL ${database.version}`],
        [t('数据库大小', 'Size of the database'), `${(database.bytes / mb).toFixed(0)} MB`],
        [t('查看时间', 'Read at'), <Moment key="now" at={health.at} />],
      ]}
    />
  );
}

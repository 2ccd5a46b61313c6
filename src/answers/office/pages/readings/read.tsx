/** Restricted reading: a purpose of law first, then one subject; every reading is entered and told. */
import { useState } from 'react';
import { Alert, Button, Card, Form, Input, Select, Tag, Typography } from 'antd';
import type { z } from 'zod';
import { useRead, useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Facts, Moment, PageHead, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import { purposesRoute, readRoute } from '../../readings/contract.ts';
import { useReachWords } from './words.ts';

type Purpose = z.infer<(typeof purposesRoute)['output']>['purposes'][number];
type Read = z.infer<(typeof readRoute)['output']>;

export default function Readings() {
  const { t } = useLanguage();
  const purposes = useRead(purposesRoute, {});
  return (
    <>
      <PageHead
        title={t('受限查询', 'Restricted reading')}
        lead={t(
          '先选择法定用途，再查询一个主体。查询先登记、后答复；主体可以看到谁为何查询了它。',
          'Choose a purpose of law, then read one subject. A reading is entered before it is answered; the subject can see who read it, and why.',
        )}
      />
      <Shown asked={purposes}>{({ purposes: all }) => <Ask purposes={all} />}</Shown>
    </>
  );
}

/** Why a purpose can not be chosen by whoever is here; `null`: it can. */
function whyNot({ provision, reach, left }: Purpose, t: (zh: string, en: string) => string) {
  if (provision === null) return t('现在没有现行依据', 'no provision in force');
  if (reach === null) return t('不属于您的岗位', 'not for your position');
  return left === 0 ? t('今天的数量已经用完', 'nothing left today') : null;
}

function Ask({ purposes }: { readonly purposes: readonly Purpose[] }) {
  const { t, say } = useLanguage();
  const [code, setCode] = useState<string | null>(null);
  const read = useChange(readRoute, [purposesRoute]);
  const chosen = purposes.find((one) => one.code === code);
  return (
    <>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ subject, matter }: { subject: string; matter?: string }) =>
          read.mutate({ subject: subject.trim(), purpose: code ?? '', matter: matter ?? null })
        }
      >
        <Form.Item label={t('用途', 'Purpose')} htmlFor="purpose">
          <Select<string>
            id="purpose"
            value={code}
            onChange={setCode}
            placeholder={t('请选择', 'Choose')}
            options={purposes.map((one) => {
              const why = whyNot(one, t);
              return {
                value: one.code,
                label: why === null ? say(one.name) : `${say(one.name)}（${why}）`,
                disabled: why !== null,
              };
            })}
          />
        </Form.Item>
        {chosen === undefined ? null : <PurposeFacts purpose={chosen} />}
        <Form.Item
          name="subject"
          label={t('统一社会信用代码或者平台编号', 'Unified code, or an id of the platform')}
          rules={[{ required: true, message: t('请填写', 'Needed') }]}
        >
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        {chosen?.matter ? (
          <Form.Item
            name="matter"
            label={chosen.matter}
            rules={[{ required: true, message: t('请填写', 'Needed') }]}
          >
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
        ) : null}
        <Trouble error={read.error} />
        <Button type="primary" htmlType="submit" disabled={!chosen} loading={read.isPending}>
          {t('登记并查询', 'Enter and read')}
        </Button>
      </Form>
      {read.data === undefined ? null : <Answer read={read.data} />}
    </>
  );
}

function PurposeFacts({ purpose }: { readonly purpose: Purpose }) {
  const { t, say } = useLanguage();
  const reach = useReachWords();
  const { provision, left, perDay } = purpose;
  return (
    <Facts
      facts={[
        [
          t('依据', 'Ground'),
          provision === null ? '—' : `${say(provision.instrument)} ${provision.article ?? ''}`,
        ],
        [t('范围', 'Reach'), purpose.reach === null ? '—' : reach[purpose.reach]],
        [t('今天还可以查询', 'Left today'), `${left} / ${perDay}`],
      ]}
    />
  );
}

function Answer({ read }: { readonly read: Read }) {
  const { t } = useLanguage();
  const { subject, records } = read;
  const told =
    read.toldFrom === null
      ? t('主体现在就可以看到这次查询。', 'The subject can see this reading now.')
      : t(
          `主体自${read.toldFrom}起可以看到这次查询。`,
          `The subject sees it from ${read.toldFrom}.`,
        );
  return (
    <section aria-label={t('查询结果', 'What was read')}>
      <h2>{subject.name}</h2>
      <Alert
        type="info"
        showIcon
        title={
          <>
            <Moment at={read.at} /> {t('已登记，编号', 'entered, number')} {read.reading}
            {t('。', '. ')}
            {told}
          </>
        }
      />
      {records.length === 0 ? (
        <Typography.Paragraph>
          {t(
            '在这一用途的范围内没有记录。',
            'There is no record within the reach of this purpose.',
          )}
        </Typography.Paragraph>
      ) : null}
      {records.map((record) => (
        <Card
          key={record.recordId}
          size="small"
          title={`${record.itemName} ${record.documentNumber ?? ''}`}
          extra={record.open.includes('show') ? <Tag>{t('公示中', 'public')}</Tag> : null}
        >
          <Facts
            facts={record.fields.map(({ name, value, unit }) => [name, `${value}${unit ?? ''}`])}
          />
        </Card>
      ))}
    </section>
  );
}

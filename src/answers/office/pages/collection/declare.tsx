/** 申报: what a unit says it produced, published, or left out and why, in a month. */
import { Alert, Button, Card, Form, Input, InputNumber, Select } from 'antd';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import { dueRoute } from '../../collection/contract.ts';
import { declareRoute } from '../../collection/unit/contract.ts';

type Kind = 'produced' | 'published' | 'not-reported';
type Given = {
  readonly item: string;
  readonly period: string;
  readonly kind: Kind;
  readonly count: number;
  readonly ground?: string;
};

export function Declare(parts: {
  readonly items: readonly { readonly code: string; readonly name: string }[];
  readonly today: string;
}) {
  const { t } = useLanguage();
  const declare = useChange(declareRoute, [dueRoute]);
  const [form] = Form.useForm<Given>();
  const kind = Form.useWatch('kind', form);
  const needed = [{ required: true, message: t('请填写', 'Needed') }];
  const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
    { value: 'produced', label: t('产生数量', 'produced') },
    { value: 'published', label: t('本单位网站公示数量', 'published on our site') },
    { value: 'not-reported', label: t('依法未报送数量', 'not reported, on a ground') },
  ];
  return (
    <Card title={<h2>{t('申报数量', 'Declare counts')}</h2>}>
      <Trouble error={declare.error} />
      {declare.isSuccess ? (
        <Alert type="success" showIcon role="status" title={t('已登记。', 'Recorded.')} />
      ) : null}
      <Form<Given>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ period: parts.today.slice(0, 7), kind: 'produced' }}
        onFinish={(given) => declare.mutate(given)}
      >
        <Form.Item name="item" label={t('事项', 'Item')} rules={needed}>
          <Select options={parts.items.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        <Form.Item name="period" label={t('月份', 'Month')} rules={needed}>
          <Input type="month" />
        </Form.Item>
        <Form.Item name="kind" label={t('申报什么', 'What is declared')} rules={needed}>
          <Select options={[...kinds]} />
        </Form.Item>
        <Form.Item name="count" label={t('数量', 'How many')} rules={needed}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
        {kind === 'not-reported' ? (
          <Form.Item name="ground" label={t('法律依据', 'Legal ground')} rules={needed}>
            <Input maxLength={500} />
          </Form.Item>
        ) : null}
        <Button type="primary" htmlType="submit" loading={declare.isPending}>
          {t('申报', 'Declare')}
        </Button>
      </Form>
    </Card>
  );
}

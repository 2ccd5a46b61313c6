/** The form that narrows events and acts: days, kind, account; what is given in the address comes first. */
import type { ReactNode } from 'react';
import { Button, Flex, Form, Input } from 'antd';
import { useLanguage } from '../../../../ui/office/language.tsx';

/** What is looked for; what is empty is not looked at. */
export type Looked = Readonly<Record<string, string>>;

/** Without what is empty, and without blanks around. */
export function withoutEmpty(looked: Readonly<Record<string, string | undefined>>): Looked {
  return Object.fromEntries(
    Object.entries(looked).flatMap(([name, value]) => {
      const text = value?.trim() ?? '';
      return text === '' ? [] : [[name, text] as const];
    }),
  );
}

export function SearchForm(parts: {
  readonly looked: Looked;
  readonly onSearch: (looked: Looked) => void;
  readonly children: ReactNode;
}) {
  const { t } = useLanguage();
  const [form] = Form.useForm<Record<string, string | undefined>>();
  return (
    <search>
      <Form
        form={form}
        layout="vertical"
        initialValues={parts.looked}
        onFinish={(values) => parts.onSearch(withoutEmpty(values))}
      >
        <Flex wrap gap="0 1rem">
          <Form.Item name="from" label={t('自（日期）', 'From (day)')}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="to" label={t('至（日期）', 'To (day)')}>
            <Input type="date" />
          </Form.Item>
          {parts.children}
          <Form.Item name="account" label={t('账户代码', 'Code of the account')}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
        </Flex>
        <Flex gap="small" style={{ marginBottom: '1rem' }}>
          <Button type="primary" htmlType="submit">
            {t('查找', 'Search')}
          </Button>
          <Button
            onClick={() => {
              const none = Object.keys(form.getFieldsValue()).map((name) => [name, undefined]);
              form.setFieldsValue(Object.fromEntries(none) as Record<string, undefined>);
              parts.onSearch({});
            }}
          >
            {t('清空条件', 'Clear')}
          </Button>
        </Flex>
      </Form>
    </search>
  );
}

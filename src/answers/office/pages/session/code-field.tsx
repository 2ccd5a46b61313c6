/** Six digits of an authenticator. */
import { Form, Input } from 'antd';
import { useLanguage } from '../../../../ui/office/language.tsx';

export function CodeField() {
  const { t } = useLanguage();
  return (
    <Form.Item
      name="code"
      label={t('验证器上显示的六位数字', 'The six digits your authenticator shows')}
      rules={[
        { pattern: /^\d{6}$/, required: true, message: t('应为六位数字', 'It must be six digits') },
      ]}
    >
      <Input inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={6} />
    </Form.Item>
  );
}

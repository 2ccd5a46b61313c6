/** Choosing a password: because one was given by somebody else, because it is old, or because one wants to. */
import { Button, Form, Input, Typography } from 'antd';
import { type Me, passwordRoute } from '../../../../trust/accounts/contract.ts';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';

/** The form; `isForced`: nothing else opens before it is done. */
export function ChoosePassword(parts: {
  readonly onMe: (me: Me) => void;
  readonly isForced?: boolean;
}) {
  const { t } = useLanguage();
  const choose = useChange(passwordRoute);
  return (
    <>
      {parts.isForced === true ? (
        <h1>{t('设置您自己的口令', 'Choose a password of your own')}</h1>
      ) : null}
      <Typography.Paragraph>
        {t(
          '口令可以是一句容易记住的话。更换后，本账户在其他设备上的登录都会退出。',
          'A sentence that is easy to remember is a good password. Other devices of this account are signed out.',
        )}
      </Typography.Paragraph>
      <Trouble error={choose.error} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ old, password }: { old: string; password: string }) =>
          choose.mutate({ old, password }, { onSuccess: parts.onMe })
        }
      >
        <Form.Item
          name="old"
          label={t('现在的口令', 'Password now')}
          rules={[{ required: true, message: t('请填写现在的口令', 'Give the password you have') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('新口令', 'New password')}
          rules={[{ required: true, message: t('请填写新口令', 'Give a new password') }]}
        >
          <Input.Password autoComplete="new-password" maxLength={1000} />
        </Form.Item>
        <Again />
        <Button type="primary" htmlType="submit" loading={choose.isPending}>
          {t('更换口令', 'Change the password')}
        </Button>
      </Form>
    </>
  );
}

/** The same once more: a slip in a field nobody sees locks its owner out. */
function Again() {
  const { t } = useLanguage();
  return (
    <Form.Item
      name="again"
      label={t('再输入一次', 'Once more')}
      dependencies={['password']}
      rules={[
        ({ getFieldValue }) => ({
          validator: (_rule, value) =>
            value === getFieldValue('password')
              ? Promise.resolve()
              : Promise.reject(new Error(t('两次输入不一致', 'The two are not the same'))),
        }),
      ]}
    >
      <Input.Password autoComplete="new-password" maxLength={1000} />
    </Form.Item>
  );
}

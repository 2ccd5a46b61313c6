/** Enrolling a second factor: the picture is drawn here, so that the secret goes to nobody else. */
import { useEffect } from 'react';
import { Button, Form, QRCode, Typography } from 'antd';
import { type Me, beginTotpRoute, enrolTotpRoute } from '../../../../trust/accounts/contract.ts';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import { CodeField } from './code-field.tsx';

export function Enrol({ onMe }: { readonly onMe: (me: Me) => void }) {
  const { t } = useLanguage();
  const begin = useChange(beginTotpRoute);
  const enrol = useChange(enrolTotpRoute);
  const { mutate } = begin;
  useEffect(() => mutate({}), [mutate]);
  const uri = begin.data?.uri;
  const secret = uri === undefined ? '' : (new URL(uri).searchParams.get('secret') ?? '');
  return (
    <>
      <h1>{t('绑定动态口令', 'Enrol a second factor')}</h1>
      <Typography.Paragraph>
        {t(
          '用验证器应用扫描图形，或者手工输入下面的密钥，再填写它显示的六位数字。',
          'Scan the picture with an authenticator, or type the secret below; then give the six digits it shows.',
        )}
      </Typography.Paragraph>
      <Trouble error={begin.error ?? enrol.error} />
      {uri === undefined ? null : (
        <>
          <div role="img" aria-label={t('含密钥的二维码', 'QR code that holds the secret')}>
            <QRCode value={uri} type="svg" size={200} />
          </div>
          <Typography.Paragraph>
            {t('密钥：', 'Secret: ')}
            <code data-secret>{secret.match(/.{1,4}/g)?.join(' ')}</code>
          </Typography.Paragraph>
        </>
      )}
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(given: { code: string }) => enrol.mutate(given, { onSuccess: onMe })}
      >
        <CodeField />
        <Button type="primary" htmlType="submit" loading={enrol.isPending}>
          {t('确认绑定', 'Confirm')}
        </Button>
      </Form>
    </>
  );
}

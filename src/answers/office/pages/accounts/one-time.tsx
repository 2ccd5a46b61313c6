/** A one-time password, shown once: what closes this takes it off the screen for good. */
import { Alert, App, Button, Modal, Typography } from 'antd';
import { useLanguage } from '../../../../ui/office/language.tsx';

export function OneTime(parts: { readonly password: string | null; readonly onClose: () => void }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const { password, onClose } = parts;
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    void message.success(t('已复制', 'Copied'));
  };
  return (
    <Modal
      open={password !== null}
      title={t('一次性口令', 'One-time password')}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <>
          <Button onClick={() => void copy(password ?? '')}>{t('复制', 'Copy')}</Button>
          <Button type="primary" onClick={onClose}>
            {t('已经交给本人', 'I have handed it over')}
          </Button>
        </>
      }
    >
      <Alert
        type="warning"
        showIcon
        title={t(
          '只显示这一次。请当面交给本人；本人首次登录时必须更换。',
          'It is shown this once. Hand it over in person; it has to be changed at the first sign-in.',
        )}
      />
      <Typography.Paragraph>
        <code className="digest" data-one-time>
          {password}
        </code>
      </Typography.Paragraph>
    </Modal>
  );
}

/** What became of a letter, in words. */
import { useLanguage } from '../../../../ui/office/language.tsx';
import type { LetterLine } from '../../notices/contract.ts';

/** Words of how far a letter came. */
export function useStates(): Readonly<Record<LetterLine['state'], string>> {
  const { t } = useLanguage();
  return {
    prepared: t('已写成', 'written'),
    failed: t('投递失败', 'could not be carried'),
    sent: t('已发出', 'sent'),
    delivered: t('未读', 'not opened yet'),
    read: t('已读', 'opened'),
    acknowledged: t('已确认收到', 'acknowledged'),
  };
}

/** Words of the things that happen to a letter, and of the channels it takes. */
export function useHappened(): {
  readonly kinds: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
} {
  const { t } = useLanguage();
  return {
    kinds: {
      prepared: t('写成', 'written'),
      tried: t('投递未成，将再次投递', 'not taken, will be tried again'),
      sent: t('发出', 'sent'),
      delivered: t('送到收件处', 'lies where it is read'),
      failed: t('投递失败，不再尝试', 'given up'),
      read: t('打开', 'opened'),
      acknowledged: t('确认收到', 'acknowledged'),
      deemed: t('依规定视为送达', 'deemed served by a rule'),
    },
    channels: {
      office: t('办公端', 'office'),
      my: t('我的机构', 'space of the organisation'),
      mail: t('电子邮件', 'e-mail'),
      sms: t('短信', 'text message'),
    },
  };
}

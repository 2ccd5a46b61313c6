/** Words of the rulebook's pages. */
import { useLanguage } from '../../../../ui/office/language.tsx';

/** How an edition stands today. */
export function useStandingWords(): Readonly<Record<string, string>> {
  const { t } = useLanguage();
  return {
    'in-force': t('现行', 'in force'),
    'not-yet': t('尚未生效', 'not yet in force'),
    ended: t('已失效', 'ended'),
    draft: t('草案', 'draft'),
    elsewhere: t('适用于其他地区', 'of another place'),
    unconfirmed: t('未经两人确认', 'not confirmed by two'),
    plan: t('规划文件，不能作为依据', 'a plan: no ground'),
    'not-found': t('没有找到', 'not found'),
    confirmed: t('已核实', 'confirmed'),
  };
}

/** Steps on a proposal. */
export function useStepWords(): Readonly<Record<string, string>> {
  const { t } = useLanguage();
  return {
    propose: t('提出', 'proposed'),
    approve: t('批准', 'Approve'),
    reject: t('不批准', 'Reject'),
    withdraw: t('收回', 'Withdraw'),
    'propose-confirmation': t('提请确认', 'Propose to confirm'),
  };
}

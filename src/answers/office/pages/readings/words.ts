/** How far a purpose reaches, in the same words wherever it is told. */
import { useLanguage } from '../../../../ui/office/language.tsx';

/** Words for `own`, `region` and `all`. */
export function useReachWords(): Readonly<Record<'own' | 'region' | 'all', string>> {
  const { t } = useLanguage();
  return {
    own: t('本单位提供的记录', 'records of one’s own unit'),
    region: t('本地区单位提供的记录', 'records of units of one’s region'),
    all: t('全部记录', 'all records'),
  };
}

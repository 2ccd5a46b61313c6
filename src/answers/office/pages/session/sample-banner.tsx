/** What a sample installation says of itself. */
import { useLanguage } from '../../../../ui/office/language.tsx';

/** Said above everything where the data are invented. */
export function SampleBanner() {
  const { t } = useLanguage();
  return (
    <p className="sample-banner" role="note">
      {t(
        '样例安装：机构、记录和账户都是虚构的，不得用于真实业务。',
        'Sample installation: organisations, records and accounts are invented. Not for real business.',
      )}
    </p>
  );
}

/** How current a source is, in words. */
import { Tag } from 'antd';
import { useLanguage } from '../../../../ui/office/language.tsx';
import type { SourceView } from '../../sources/contract.ts';

export function SourceState({ source }: { readonly source: SourceView }) {
  const { t } = useLanguage();
  const words = {
    late: t('逾期', 'late'),
    current: t('正常', 'current'),
    unknown: t('不详', 'not known'),
    'not-covered': t('未覆盖', 'not covered'),
  };
  const reasons: Readonly<Record<string, string>> = {
    'on-occurrence': t('有则报送，没有固定频次', 'reported as it occurs'),
    'no-frequency': t('目录未写明频次', 'no rhythm in the directory'),
    'no-allowance': t('目录未写明宽限', 'no allowance in the directory'),
    'never-heard': t('有任务而从未报送', 'has to report, never did'),
  };
  const { state, reason } = source;
  return (
    <>
      <Tag variant="outlined">{words[state]}</Tag>
      {reason === null ? null : <div>{reasons[reason] ?? reason}</div>}
    </>
  );
}

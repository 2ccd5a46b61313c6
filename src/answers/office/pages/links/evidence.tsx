/** Evidence side by side: a row of the table is a piece of evidence, a column is a candidate. */
import { Radio } from 'antd';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { useLanguage } from '../../../../ui/office/language.tsx';
import type { LinkCandidateView, LinkEvidenceView, LinkReviewView } from '../../links/contract.ts';
import { pieceWords, weightSigns, weightWords } from './words.ts';

type Says = LinkReviewView['says'];

const order: readonly LinkEvidenceView['of'][] = [
  'code',
  'organisation-code',
  'registration-number',
  'name',
  'area',
  'alive',
];

function given(says: Says, of: LinkEvidenceView['of']): string | null {
  const values = {
    code: says.code,
    'organisation-code': says.organisationCode,
    'registration-number': says.registrationNumber,
    name: says.name,
    area: says.area,
    alive: says.decidedOn,
  };
  return values[of];
}

type Parts = {
  readonly says: Says;
  readonly candidates: readonly LinkCandidateView[];
  readonly picked: string | null;
  readonly onPick: ((subjectId: string) => void) | null;
};

function headOf(
  candidate: LinkCandidateView,
  no: number,
  { onPick, picked }: Parts,
  t: (zh: string, en: string) => string,
): string {
  const name = `${no + 1}. ${candidate.name}`;
  if (onPick === null && candidate.chosen) return name + t('（已提议）', ' (proposed)');
  return onPick !== null && picked === candidate.subjectId
    ? name + t('（已选）', ' (picked)')
    : name;
}

/** The table; `onPick` is `null` where nothing is to be chosen any more. */
export function Evidence(parts: Parts) {
  const { t, say } = useLanguage();
  const { says, candidates, picked, onPick } = parts;
  return (
    <>
      {candidates.length === 0 ? (
        <p>{t('没有候选主体，请按代码或者名称查找。', 'No candidates: look by code or name.')}</p>
      ) : onPick === null ? null : (
        <>
          <p>
            {t(
              '键盘：按数字选择候选，j、k 换到下一个或者上一个，回车填写理由。',
              'Keys: a digit picks a candidate, j and k go to the next or the one before, Enter goes to the reason.',
            )}
          </p>
          <Radio.Group
            vertical
            aria-label={t('候选主体', 'Candidates')}
            value={picked}
            onChange={({ target }) => onPick(String(target.value))}
            options={candidates.map(({ subjectId, name, uscc }, no) => ({
              value: subjectId,
              label: `${no + 1}. ${name} ${uscc ?? ''}`,
            }))}
          />
        </>
      )}
      <DataTable
        caption={t('证据对照', 'Evidence side by side')}
        rowKey={({ of }) => of}
        list={{ rows: order.map((of) => ({ of })) }}
        columns={[
          { title: t('证据', 'Evidence'), render: (_value, { of }) => say(pieceWords[of]) },
          {
            title: t('行内所载', 'The row says'),
            render: (_value, { of }) => given(says, of) ?? t('未提供', 'not given'),
          },
          ...candidates.map((candidate, no) => ({
            title: headOf(candidate, no, parts, t),
            key: candidate.subjectId,
            render: (_value: unknown, { of }: { of: LinkEvidenceView['of'] }) => (
              <Piece piece={candidate.evidence.find((one) => one.of === of)} />
            ),
          })),
        ]}
      />
    </>
  );
}

function Piece({ piece }: { readonly piece: LinkEvidenceView | undefined }) {
  const { t, say } = useLanguage();
  if (piece === undefined) return <>—</>;
  const { registered, weight, reason } = piece;
  return (
    <>
      <div>{registered ?? t('登记库未载', 'not in the library')}</div>
      <strong>
        <span aria-hidden="true">{weightSigns[weight]} </span>
        {say(weightWords[weight])}
      </strong>
      {reason === null ? null : <div>{reason.message}</div>}
    </>
  );
}

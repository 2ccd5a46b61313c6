/** A proposal: what an account is to be. Another security administrator decides it. */
import { useState } from 'react';
import { Button, Checkbox, Form, Input, Radio, Typography } from 'antd';
import { Link } from 'wouter';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Trouble } from '../../../../ui/office/parts.tsx';
import { accountsRoute, proposeRoute } from '../../contract.ts';
import { type Account, type Accounts, newCode } from './words.ts';

type Given = {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly positions: readonly string[];
  readonly issuer?: string;
  readonly subject?: string;
  readonly publicKey?: string;
  readonly validUntil?: string;
  readonly reason: string;
};

export function NewAccount({ all }: { readonly all: Accounts }) {
  const { t } = useLanguage();
  return (
    <>
      <PageHead
        title={t('提出新账户', 'Propose an account')}
        lead={t(
          '另一名安全管理员同意后账户才可以使用；届时显示一次性口令，当面交给本人。',
          'The account can be used once another security administrator confirms it. A one-time password is shown then, to be handed over in person.',
        )}
        actions={<Link href="/accounts">{t('返回账户', 'Back to accounts')}</Link>}
      />
      <ProposeForm key={newCode} all={all} account={null} />
    </>
  );
}

/** What an empty field means: nobody there; where nothing was and nothing is written, it stays unsaid. */
function subjectOf({ issuer = '', subject = '' }: Given, account: Account | null) {
  if (issuer.trim() !== '' || subject.trim() !== '') {
    return { oidc: { issuer: issuer.trim(), subject: subject.trim() } };
  }
  return (account?.oidc ?? null) === null ? {} : { oidc: null };
}

/** The form of a new account (`account: null`), or of a change of one that is there. */
export function ProposeForm(parts: { readonly all: Accounts; readonly account: Account | null }) {
  const { t } = useLanguage();
  const { account } = parts;
  const [isProgram, setProgram] = useState((account?.client ?? null) !== null);
  const propose = useChange(proposeRoute, [accountsRoute]);
  const needed = [{ required: true, message: t('请填写', 'Needed') }];
  const send = (given: Given) =>
    propose.mutate({
      account: (account?.code ?? given.code).trim(),
      reason: given.reason,
      wanted: {
        ...{ name: given.name.trim(), unit: given.unit.trim() },
        positions: [...given.positions],
        ...(isProgram
          ? { client: { publicKey: given.publicKey ?? '', validUntil: given.validUntil ?? '' } }
          : subjectOf(given, account)),
      },
    });
  return (
    <Form<Given>
      layout="vertical"
      requiredMark={false}
      name="propose"
      onFinish={send}
      initialValues={{
        ...{ name: account?.name, unit: account?.unit, positions: account?.positions ?? [] },
        ...{ issuer: account?.oidc?.issuer, subject: account?.oidc?.subject },
        ...{ publicKey: account?.client?.publicKey, validUntil: account?.client?.validUntil },
      }}
    >
      {account === null ? <OfNew isProgram={isProgram} onProgram={setProgram} /> : null}
      <Form.Item name="name" rules={needed} label={t('名称', 'Name')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unit" rules={needed} label={t('单位的统一社会信用代码', 'Code of the unit')}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Positions all={parts.all} />
      {isProgram ? <OfProgram /> : <OfPerson />}
      <Submit propose={propose} />
    </Form>
  );
}

function Submit(parts: {
  readonly propose: Pick<ReturnType<typeof useChange>, 'error' | 'isPending' | 'isSuccess'>;
}) {
  const { t } = useLanguage();
  const { error, isPending, isSuccess } = parts.propose;
  return (
    <>
      <Form.Item
        name="reason"
        rules={[{ required: true, message: t('请填写', 'Needed') }]}
        label={t('理由（必填，存入留痕）', 'Why (needed; it is kept)')}
      >
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Trouble error={error} />
      {isSuccess ? (
        <Typography.Paragraph role="status">
          {t(
            '已提出，等待另一名安全管理员决定。',
            'Proposed. Another security administrator decides.',
          )}
        </Typography.Paragraph>
      ) : null}
      <Button htmlType="submit" type="primary" loading={isPending}>
        {t('提出变更', 'Propose')}
      </Button>
    </>
  );
}

/** Of a new account only: what kind it is, and its code. */
function OfNew(parts: {
  readonly isProgram: boolean;
  readonly onProgram: (isProgram: boolean) => void;
}) {
  const { t } = useLanguage();
  const { isProgram, onProgram } = parts;
  const needed = [{ required: true, message: t('请填写', 'Needed') }];
  return (
    <>
      <Form.Item label={t('种类', 'Kind')}>
        <Radio.Group
          aria-label={t('种类', 'Kind')}
          value={isProgram}
          onChange={({ target }) => onProgram(target.value as boolean)}
          options={[
            { value: false, label: t('个人', 'A person') },
            { value: true, label: t('程序', 'A program') },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="code"
        rules={needed}
        label={t('账户代码（小写字母、数字和连字符）', 'Code (small letters, digits, hyphens)')}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
    </>
  );
}

function Positions({ all }: { readonly all: Accounts }) {
  const { t } = useLanguage();
  return (
    <Form.Item
      name="positions"
      rules={[{ required: true, type: 'array', min: 1, message: t('请选择', 'Choose') }]}
      label={t('岗位', 'Positions')}
    >
      <Choices all={all} />
    </Form.Item>
  );
}

/** The form hands further attributes to its field that a group may not have: only these two are taken. */
function Choices(parts: {
  readonly all: Accounts;
  readonly value?: string[];
  readonly onChange?: (positions: string[]) => void;
}) {
  const { t, say } = useLanguage();
  const { all, value, onChange } = parts;
  return (
    <Checkbox.Group<string>
      className="choices"
      role="group"
      aria-label={t('岗位', 'Positions')}
      {...(value === undefined ? {} : { value })}
      onChange={(chosen) => onChange?.(chosen)}
      options={all.positions.map(({ code, name, permissions }) => ({
        value: code,
        label: t(
          `${say(name)}（${permissions.length}项权限）`,
          `${say(name)} (${permissions.length} permissions)`,
        ),
        title: permissions.join(' '),
      }))}
    />
  );
}

function OfPerson() {
  const { t } = useLanguage();
  return (
    <details>
      <summary>{t('统一身份（可以不填）', 'At the identity provider (may stay empty)')}</summary>
      <Form.Item name="issuer" label={t('身份提供方地址', 'Address of the provider')}>
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      <Form.Item name="subject" label={t('在该处的用户标识', 'Who it is there')}>
        <Input maxLength={255} autoComplete="off" />
      </Form.Item>
    </details>
  );
}

function OfProgram() {
  const { t } = useLanguage();
  const needed = [{ required: true, message: t('请填写', 'Needed') }];
  return (
    <>
      <Form.Item
        name="publicKey"
        rules={needed}
        label={t('公钥（Ed25519，PEM）', 'Public key (Ed25519, PEM)')}
      >
        <Input.TextArea maxLength={1000} rows={4} />
      </Form.Item>
      <Form.Item name="validUntil" rules={needed} label={t('有效至（含当日）', 'Last day')}>
        <Input type="date" />
      </Form.Item>
    </>
  );
}

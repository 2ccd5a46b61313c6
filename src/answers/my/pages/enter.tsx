/** Signing in, binding an organisation for the first time, another password. */
import type { ReactElement } from 'react';
import { Notice } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import { Field, PostForm, type Problem, Told } from './form.tsx';

/** The page on which a holder or delegate signs in. */
export function SignInPage({ r, problem }: { r: Reader; problem: Problem }): ReactElement {
  return (
    <div className="wide">
      <h1>{r.say({ zh: '登录“我的组织”', en: 'Sign in to my organisation' })}</h1>
      <Told r={r} problem={problem} />
      <PostForm r={r} action="/my/sign-in" csrf={null} submit={{ zh: '登录', en: 'Sign in' }}>
        <Field
          r={r}
          name="account"
          label={{ zh: '账户编号', en: 'Account code' }}
          hint={{ zh: '以E-开头，绑定时取得。', en: 'Begins with E-; given when it was bound.' }}
          autoComplete="username"
        />
        <Field
          r={r}
          name="password"
          label={{ zh: '口令', en: 'Password' }}
          type="password"
          autoComplete="current-password"
        />
      </PostForm>
      <p>
        <a href={r.to('/my/bind')}>
          {r.say({ zh: '首次使用：绑定组织', en: 'First time: bind your organisation' })}
        </a>
      </p>
    </div>
  );
}

/** The page on which somebody proves to speak for an organisation. `open`: a way of proof is connected. */
export function BindPage({
  r,
  open,
  problem,
  given,
}: {
  r: Reader;
  open: boolean;
  problem: Problem;
  given: { readonly organisation: string; readonly name: string };
}): ReactElement {
  return (
    <div className="wide">
      <h1>{r.say({ zh: '绑定组织', en: 'Bind an organisation' })}</h1>
      <Told r={r} problem={problem} />
      {open ? (
        <BindForm r={r} given={given} />
      ) : (
        <Notice tone="care">
          <p>
            {r.say({
              zh: '本平台还没有接入主体身份核验方式，暂时不能绑定组织。请联系平台运行单位。',
              en: 'No way to prove an organisation is connected, so none can be bound. Ask whoever runs this platform.',
            })}
          </p>
        </Notice>
      )}
    </div>
  );
}

function BindForm({
  r,
  given,
}: {
  r: Reader;
  given: { readonly organisation: string; readonly name: string };
}): ReactElement {
  return (
    <PostForm r={r} action="/my/bind" csrf={null} submit={{ zh: '绑定', en: 'Bind' }}>
      <Field
        r={r}
        name="organisation"
        value={given.organisation}
        label={{ zh: '统一社会信用代码', en: 'Unified code of the organisation' }}
      />
      <Field
        r={r}
        name="code"
        label={{ zh: '绑定码', en: 'One-time code' }}
        hint={{
          zh: '只能用一次。组织此前有持有人的，绑定后由新账户持有，原有委托一并结束。',
          en: 'Works once. If somebody holds the organisation already, the new account holds it from then on and earlier delegations end.',
        }}
      />
      <Field
        r={r}
        name="name"
        value={given.name}
        label={{ zh: '账户名称', en: 'Name of the account' }}
        hint={{
          zh: '自己取，例如“办公室”。不要填写身份证号码。',
          en: 'As you like, for example "office". No personal numbers.',
        }}
      />
      <Field
        r={r}
        name="password"
        label={{ zh: '设置口令', en: 'Choose a password' }}
        type="password"
        autoComplete="new-password"
      />
      <Field
        r={r}
        name="again"
        label={{ zh: '再输入一次口令', en: 'The password again' }}
        type="password"
        autoComplete="new-password"
      />
    </PostForm>
  );
}

/** The page on which an account chooses another password. */
export function PasswordPage({
  r,
  problem,
  csrf,
}: {
  r: Reader;
  problem: Problem;
  csrf: string;
}): ReactElement {
  const passwords = [
    ['old', { zh: '现在的口令', en: 'The password now' }, 'current-password'],
    ['password', { zh: '新口令', en: 'The new one' }, 'new-password'],
    ['again', { zh: '再输入一次新口令', en: 'The new one again' }, 'new-password'],
  ] as const;
  return (
    <div className="wide">
      <h1>{r.say({ zh: '更换口令', en: 'Change the password' })}</h1>
      <p>
        {r.say({
          zh: '更换以后，其他设备上的登录一并结束。',
          en: 'Other devices are signed out with it.',
        })}
      </p>
      <Told r={r} problem={problem} />
      <PostForm r={r} action="/my/password" csrf={csrf} submit={{ zh: '更换', en: 'Change' }}>
        {passwords.map(([name, label, autoComplete]) => (
          <Field key={name} r={r} {...{ name, label, autoComplete }} type="password" />
        ))}
      </PostForm>
    </div>
  );
}

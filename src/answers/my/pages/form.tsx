/** Forms of the space: plain posts, each with the token of its session. */
import type { ReactElement, ReactNode } from 'react';
import { Notice } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';

/** What went wrong with a form, in both languages. */
export type Problem = Words | null;

/** A form that is posted to one of our addresses. `csrf` is `null` before there is a session. */
export function PostForm({
  r,
  action,
  csrf,
  submit,
  children,
}: {
  r: Reader;
  action: string;
  csrf: string | null;
  submit: Words;
  children?: ReactNode;
}): ReactElement {
  return (
    <form className="post" action={r.to(action)} method="post">
      {csrf === null ? null : <input type="hidden" name="csrf" value={csrf} />}
      {children}
      <button type="submit">{r.say(submit)}</button>
    </form>
  );
}

/** One labelled field. */
export function Field({
  r,
  name,
  id = name,
  label,
  hint,
  type = 'text',
  value,
  autoComplete = 'off',
}: {
  r: Reader;
  name: string;
  /** Of the page, where two forms have a field of one name. */
  id?: string;
  label: Words;
  hint?: Words;
  type?: 'text' | 'password' | 'date' | 'email' | 'tel';
  value?: string;
  autoComplete?: string;
}): ReactElement {
  return (
    <p>
      <label htmlFor={`f-${id}`}>{r.say(label)}</label>
      {hint === undefined ? null : (
        <span className="hint" id={`h-${id}`}>
          {r.say(hint)}
        </span>
      )}
      <input
        id={`f-${id}`}
        name={name}
        type={type}
        required
        defaultValue={value}
        autoComplete={autoComplete}
        spellCheck={false}
        aria-describedby={hint === undefined ? undefined : `h-${id}`}
      />
    </p>
  );
}

/** What went wrong, before the form. */
export function Told({ r, problem }: { r: Reader; problem: Problem }): ReactElement | null {
  return problem === null ? null : (
    <div role="alert">
      <Notice tone="grave" title={r.say({ zh: '没有办成', en: 'Not done' })}>
        <p>{r.say(problem)}</p>
      </Notice>
    </div>
  );
}

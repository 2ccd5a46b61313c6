/** What the queue answers, as far as its tests look at it. */
export type Action = {
  action: string;
  allowed: boolean;
  name: { zh: string };
  why: { code: string; zh: string } | null;
};
export type Line = {
  kind: { code: string; name: { zh: string } };
  id: string;
  title: { zh: string };
  page: string | null;
  since: string;
  due: {
    by: string;
    overdue: boolean;
    limit: { key: string };
    provisions: { pointer: string; instrument: { zh: string } }[];
  } | null;
  state: { code: string; name: { zh: string } };
  mine: boolean;
  actions: Action[];
};
export type Moment = {
  what: { zh: string };
  account: string | null;
  unit: { code: string } | null;
  reason: string | null;
};
export type Matter = Line & {
  done: boolean;
  facts: { name: { zh: string }; value: string }[];
  timeline: Moment[];
  barred: { account: string; step: { zh: string }; why: { zh: string } }[];
};
export type Page = { waiting: Line[]; kinds: { code: string }[]; next: string | null };

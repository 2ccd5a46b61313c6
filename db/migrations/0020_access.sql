-- access: who read what of whom, for what, on which ground; and when the subject is told.
create schema access;

create table access.reading (
  id uuid not null,
  at timestamptz not null,
  subject_id uuid not null,
  account text not null,
  unit text not null,
  position text not null,
  purpose text not null,
  -- Edition of the rulebook the purpose stood in, and the provision that carried the reading.
  edition text not null,
  provision text not null,
  matter text,
  -- By item: how many records, and which of their fields.
  seen jsonb not null,
  -- The subject is told from this day on; null: at once.
  told_from date,
  deferral_id uuid,
  salt bytea,
  constraint deferred_by_decision check ((told_from is null) = (deferral_id is null)),
  primary key (subject_id, at, id)
) partition by range (at);
comment on table access.reading is 'Every reading of restricted data about a subject.';
create index reading_account on access.reading (account, at);

create table access.deferral (
  id uuid primary key,
  subject_id uuid not null,
  unit text not null,
  purpose text not null,
  matter text not null,
  provision text not null,
  told_from date not null,
  decided_by text not null,
  decided_at timestamptz not null,
  act_id uuid not null
);
comment on table access.deferral is 'Decisions that a subject is told of a matter''s readings later, on a ground the law gives.';
create unique index deferral_one on access.deferral (subject_id, unit, purpose, matter);

create table access.unusual (
  account text not null,
  on_day date not null,
  sign text not null check (sign in ('surge', 'night', 'one-matter')),
  counted integer not null,
  at timestamptz not null,
  reading_id uuid not null,
  primary key (account, on_day, sign)
);
comment on table access.unusual is 'Readings of an account on a day that were unusual; told once to whoever audits.';

create trigger unusual_kept before update or delete on access.unusual
  for each row execute function operation.refuse_change('access.unusual', 'account');
create trigger reading_kept before update or delete on access.reading
  for each row execute function operation.refuse_change('access.reading', 'id');
create trigger deferral_kept before update or delete on access.deferral
  for each row execute function operation.refuse_change('access.deferral', 'id');

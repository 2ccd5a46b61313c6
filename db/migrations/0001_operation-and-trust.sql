-- operation, accounts, audit, transparency-log: what every later schema leans on.
-- Acts are partitioned by month (design.md §7); partitions are made ahead by operation.ensure_month.
create schema accounts;
create schema audit;
create schema transparency_log;

create function operation.ensure_month(parent text, month date) returns void
language plpgsql as $$
declare
  first date := date_trunc('month', month)::date;
  name text := parent || '_' || to_char(first, 'YYYYMM');
begin
  if to_regclass(name) is null then
    execute format(
      'create table if not exists %s partition of %s for values from (%L) to (%L)',
      name, parent, first::timestamptz, (first + interval '1 month')::timestamptz);
  end if;
exception when duplicate_table or unique_violation then
  null;
end $$;

create table operation.setting (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);
comment on table operation.setting is 'Facts of the installation itself: place, sample mark, digest of the loaded rulebook.';

create table accounts.account (
  code text primary key,
  name text not null,
  unit text not null,
  positions text[] not null,
  sample boolean not null,
  created_at timestamptz not null
);
comment on table accounts.account is 'Who may act. Seeded now; sign-in comes with the office.';

create table audit.act (
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  account text not null,
  unit text not null,
  position text not null,
  provision text,
  reason text not null check (reason <> ''),
  trace_id text not null,
  object text not null,
  detail jsonb not null,
  first_act uuid,
  first_at timestamptz,
  first_account text,
  salt bytea,
  primary key (id, at),
  unique (id, at, account),
  -- A second person is another account: the first act is named together with its account, and the
  -- foreign key makes that account the true one.
  constraint second_person_is_another_account check (first_account is null or first_account <> account),
  constraint first_act_named_whole check (num_nonnulls(first_act, first_at, first_account) in (0, 3)),
  foreign key (first_act, first_at, first_account) references audit.act (id, at, account)
) partition by range (at);
comment on table audit.act is 'Every change of the system: one passage through the door.';

create index act_object on audit.act (object, at);

create table transparency_log.commitment (
  id uuid primary key,
  kind text not null,
  object_id uuid not null,
  commitment bytea not null check (octet_length(commitment) = 32),
  position bigint,
  at timestamptz not null
);
comment on table transparency_log.commitment is
  'Salted commitments, written in the transaction of what they commit to. The sequencer gives positions later, by state (position is null), never by id order.';
create index commitment_unsequenced on transparency_log.commitment (at, id) where position is null;

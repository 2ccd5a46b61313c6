-- rulebook: editions as recorded, confirmations by two persons, proposals and their steps.
create schema rulebook;

create table rulebook.edition (
  key text primary key,
  kind text not null,
  id text not null,
  edition text not null,
  layer text not null,
  jurisdiction text not null,
  valid_from date not null,
  valid_to date,
  status text not null,
  digest text not null,
  body jsonb not null,
  recorded_at timestamptz not null,
  act_id uuid not null
);
comment on table rulebook.edition is 'One edition of one rulebook document, as this installation learned it. Never changed.';

create function rulebook.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rulebook editions are immutable: %', old.key using errcode = 'restrict_violation';
end $$;

create trigger edition_immutable before update or delete on rulebook.edition
  for each row execute function rulebook.refuse_change();

create table rulebook.proposal (
  proposal_id uuid primary key,
  kind text not null check (kind in ('confirmation', 'edition')),
  edition_key text not null,
  document jsonb,
  state text not null,
  workflow_version int not null,
  proposed_at timestamptz not null,
  decided_at timestamptz
);
comment on table rulebook.proposal is 'Something two officers must agree on: to confirm an unread text, or to take in a new edition.';
create unique index proposal_open on rulebook.proposal (kind, edition_key) where decided_at is null;

create table rulebook.proposal_step (
  proposal_id uuid not null references rulebook.proposal,
  step_no int not null,
  action text not null,
  account text not null,
  act_id uuid not null,
  act_at timestamptz not null,
  primary key (proposal_id, step_no)
);

create table rulebook.confirmation (
  edition_key text primary key references rulebook.edition (key),
  proposal_id uuid not null references rulebook.proposal,
  first_account text not null,
  second_account text not null,
  confirmed_at timestamptz not null,
  constraint confirmed_by_two check (first_account <> second_account)
);

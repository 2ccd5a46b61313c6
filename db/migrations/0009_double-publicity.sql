-- Release and withdrawal of what is shown, lists of decisions from outside, and the columns of the portal.
create table records.release (
  object_id uuid not null,
  step_no int not null,
  object_kind text not null check (object_kind in ('batch', 'record')),
  shows boolean not null,
  at timestamptz not null,
  reason text not null check (reason <> ''),
  first_account text not null,
  second_account text not null,
  first_act uuid not null,
  second_act uuid not null,
  primary key (object_id, step_no),
  constraint released_by_two check (first_account <> second_account)
);
comment on table records.release is
  '发布: instants from which a batch or one record may be shown, or no longer. The newest step counts; nothing is ever changed.';

create function records.refuse_release_change() returns trigger language plpgsql as $$
begin
  raise exception 'releases are kept as they were decided: %', old.object_id
    using errcode = 'restrict_violation';
end $$;

create trigger release_immutable before update or delete on records.release
  for each row execute function records.refuse_release_change();

create schema double_publicity;

create table double_publicity.release_case (
  case_id uuid primary key,
  aim text not null check (aim in ('release', 'withdrawal')),
  object_kind text not null check (object_kind in ('batch', 'record')),
  object_id uuid not null,
  state text not null,
  workflow_version int not null,
  reason text not null,
  opened_at timestamptz not null,
  decided_at timestamptz
);
comment on table double_publicity.release_case is
  '发布（停止公示）办理: proposed by one officer, decided by another.';
create unique index release_case_open on double_publicity.release_case (object_id)
  where decided_at is null;

create table double_publicity.release_step (
  case_id uuid not null references double_publicity.release_case,
  step_no int not null,
  action text not null,
  account text not null,
  act_id uuid not null,
  act_at timestamptz not null,
  primary key (case_id, step_no)
);

create table double_publicity.ledger (
  ledger_id uuid primary key,
  provider text not null,
  item text not null,
  source text not null,
  digest text not null,
  file_name text not null,
  rows int not null,
  unreadable int not null,
  act_id uuid not null,
  imported_at timestamptz not null,
  unique (provider, item, digest)
);
comment on table double_publicity.ledger is
  '外部台账: a list of decisions from outside this platform, e.g. of the authority''s own site.';

create table double_publicity.ledger_entry (
  provider text not null,
  item text not null,
  document_key text not null,
  decided_on date not null,
  party_key text not null,
  ledger_id uuid not null references double_publicity.ledger,
  row_no int not null,
  document_number text not null,
  party text not null,
  address text,
  primary key (provider, item, decided_on, document_key, party_key)
);
comment on table double_publicity.ledger_entry is
  'One decision about one party. Named by canonical number and name; the first list that tells it is kept.';

create table double_publicity.omission_finding (
  provider text not null,
  item text not null,
  decided_on date not null,
  document_key text not null,
  party_key text not null,
  finding_no int not null,
  finding text not null check (finding in ('concealed', 'excused', 'reported')),
  ground text,
  reason text not null check (reason <> ''),
  account text not null,
  act_id uuid not null,
  found_at timestamptz not null,
  primary key (provider, item, decided_on, document_key, party_key, finding_no),
  foreign key (provider, item, decided_on, document_key, party_key)
    references double_publicity.ledger_entry (provider, item, decided_on, document_key, party_key),
  constraint excused_on_a_ground check (finding <> 'excused' or ground is not null)
);
comment on table double_publicity.omission_finding is
  'What an officer found about a decision that was not reported: only a person says concealed (data-standards §6.3).';

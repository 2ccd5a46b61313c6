-- collection: batches, row outcomes, findings, held rows, declared counts.
create schema collection;

create table collection.batch (
  batch_id uuid primary key,
  provider text not null,
  item text not null,
  profile text,
  standard text,
  digest text not null,
  file_name text not null,
  size_bytes bigint not null,
  address text not null,
  sealed_key bytea not null,
  period text,
  declared_rows bigint,
  state text not null check (state in ('received', 'running', 'done', 'refused')),
  refusal jsonb,
  reading jsonb,
  cursor_row bigint not null default 0,
  received bigint not null default 0,
  accepted bigint not null default 0,
  accepted_with_warning bigint not null default 0,
  duplicate bigint not null default 0,
  held bigint not null default 0,
  rejected bigint not null default 0,
  receipt jsonb,
  act_id uuid not null,
  received_at timestamptz not null,
  finished_at timestamptz,
  constraint outcomes_add_up check (
    received = accepted + accepted_with_warning + duplicate + held + rejected)
);
comment on table collection.batch is '批次: one delivery. The raw file lies encrypted at address; cursor_row is how far it is worked through.';
create unique index batch_once on collection.batch (provider, item, digest) where state <> 'refused';
create index batch_unfinished on collection.batch (received_at) where state in ('received', 'running');

create table collection.row_outcome (
  batch_id uuid not null,
  row_no bigint not null,
  received_at timestamptz not null,
  outcome char(1) not null check (outcome in ('A', 'W', 'D', 'H', 'R')),
  codes text[],
  record_id uuid,
  subject_id uuid,
  row_digest bytea not null,
  primary key (batch_id, row_no, received_at)
) partition by range (received_at);
comment on table collection.row_outcome is 'What became of each row: Accepted, accepted with Warning, Duplicate, Held, Rejected.';

create table collection.finding (
  batch_id uuid not null,
  row_no bigint not null,
  finding_no int not null,
  rule text not null,
  severity text not null,
  field text,
  value text,
  detail jsonb not null,
  primary key (batch_id, row_no, finding_no)
);
comment on table collection.finding is '问题: one thing wrong with a row. Values are redacted; refused personal rows leave none.';

create table collection.held_row (
  batch_id uuid not null,
  row_no bigint not null,
  provider text not null,
  item text not null,
  received_at timestamptz not null,
  prepared jsonb not null,
  query jsonb not null,
  reasons jsonb not null,
  source_key uuid not null,
  content_digest bytea not null,
  state text not null check (state in ('held', 'linked', 'returned')),
  review_id uuid,
  record_id uuid,
  primary key (batch_id, row_no)
);
comment on table collection.held_row is 'Rows whose subject is unknown or doubtful. They become records only when linked.';
create index held_row_waiting on collection.held_row (received_at) where state = 'held';
create unique index held_row_key on collection.held_row (source_key) where state = 'held';

create table collection.declared_count (
  provider text not null,
  item text not null,
  period text not null,
  kind text not null check (kind in ('produced', 'published', 'not-reported')),
  count bigint not null check (count >= 0),
  ground text,
  declared_at timestamptz not null,
  act_id uuid not null,
  primary key (provider, item, period, kind, declared_at)
);

-- records: statements in versions, windows, keys, decisions, marks. subject_id first throughout.
create schema records;

create table records.statement_version (
  subject_id uuid not null,
  record_id uuid not null,
  statement_id uuid not null,
  version int not null,
  -- I insert, U update, W withdrawn by its source, D deleted by its source, M moved to another subject.
  op char(1) not null check (op in ('I', 'U', 'W', 'D', 'M')),
  provider text not null,
  item text not null,
  standard text not null,
  batch_id uuid not null,
  row_no bigint not null,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  row_version text,
  authority_code text,
  authority_name text,
  document_number text,
  decision_key uuid,
  decided_on date,
  valid_from date,
  valid_until date,
  public_until date,
  ended_on date,
  kinds text[],
  fine_fen bigint,
  confiscated_fen bigint,
  facts jsonb not null,
  "values" jsonb not null,
  content_digest bytea not null,
  held_show text[],
  salt bytea,
  primary key (subject_id, record_id, statement_id, version)
);
comment on table records.statement_version is '陈述: what one provider says under one key. A new version never overwrites an old one.';
comment on column records.statement_version.statement_id is 'The source key: digest of (provider, item, source row).';
comment on column records.statement_version.valid_until is 'infinity = long-term';
comment on column records.statement_version.held_show is 'Rules that keep it unshown until cleared, e.g. C05, P01.';

create table records.record_window (
  subject_id uuid not null,
  record_id uuid not null,
  window_id uuid not null,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  item text not null,
  family text not null,
  class text,
  rulebook_digest text not null,
  input_digest bytea not null,
  show datemultirange not null,
  share datemultirange not null,
  use datemultirange not null,
  report datemultirange not null,
  primary key (subject_id, record_id, window_id)
);
comment on table records.record_window is '窗口: days in UTC+8 on which a channel is open; expiry writes nothing, new inputs supersede.';

create table records.source_key (
  key uuid primary key,
  record_id uuid not null,
  subject_id uuid not null,
  version int not null,
  op char(1) not null,
  row_version text,
  content_digest bytea not null
);
comment on table records.source_key is 'Newest version by (provider, item, source row): duplicates, I/U/D/W in version order. Tombstones stay.';

create table records.decision_party (
  decision_key uuid not null,
  item text not null,
  subject_id uuid not null,
  record_id uuid not null,
  ended boolean not null default false,
  primary key (decision_key, item, subject_id)
);
comment on table records.decision_party is
  '决定 and its parties: decision_key is a digest of (authority, canonical number, decision date). The primary key is the fact key: one fact about one subject is one record, whoever says it.';

create table records.record_locator (
  record_id uuid not null,
  move_no int not null,
  since timestamptz not null,
  subject_id uuid,
  primary key (record_id, move_no)
);
comment on table records.record_locator is 'Where a record is; a null subject means its link was undone.';

create table records.mark (
  subject_id uuid not null,
  record_id uuid not null,
  mark_id uuid not null,
  kind text not null,
  effective_on date not null,
  detail jsonb not null,
  act_id uuid not null,
  recorded_at timestamptz not null,
  primary key (subject_id, record_id, mark_id)
);
comment on table records.mark is '标记: an immutable statement by which a case or an act moves windows.';

create table records.decision_act (
  decision_key uuid not null,
  act_id uuid not null,
  kind text not null,
  effective_on date not null,
  detail jsonb not null,
  recorded_at timestamptz not null,
  primary key (decision_key, act_id)
);
comment on table records.decision_act is 'What befell a decision as a whole, so that records of it that arrive later are reached too.';

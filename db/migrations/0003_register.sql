-- subjects and units. subject_id first in every key (design.md §7); lookup_key is spread by its own key.
create schema subjects;
create schema units;
create extension if not exists intarray with schema public;

create table subjects.subject (
  subject_id uuid primary key,
  kind text not null check (kind in ('organisation', 'individual-business')),
  -- An individual business named after its owner is found by code only (design.md §9).
  owner_named boolean not null default false,
  uscc text,
  name text not null,
  status text not null,
  registered_on date,
  ended_on date,
  province text,
  city text,
  region text,
  address text,
  enterprise_type text,
  industry text,
  scope text,
  capital_text text,
  origin text not null,
  last_import uuid,
  -- Another id of the same organisation; links and pages go to that one.
  duplicate_of uuid,
  -- Names and numbers of all times, as linking reads them.
  evidence jsonb not null,
  version int not null,
  recorded_at timestamptz not null
);
comment on table subjects.subject is '信用主体 as it stands now; profile keeps what it was.';

create table subjects.profile (
  subject_id uuid not null,
  version int not null,
  valid_from date not null,
  recorded_at timestamptz not null,
  act_id uuid not null,
  change text not null,
  attributes jsonb not null,
  primary key (subject_id, version)
);
comment on table subjects.profile is 'Every version of the registered attributes: name, status, division, industry …';

create table subjects.lookup_key (
  key text not null,
  subject_id uuid not null,
  primary key (key, subject_id)
);
comment on table subjects.lookup_key is 'Exact evidence for linking: uscc:…, org:…, reg:…, name:<canonical>. Kept for all subjects, ended ones too.';

create table subjects.relation (
  from_subject uuid not null,
  relation_id uuid not null,
  to_subject uuid not null,
  kind text not null check (kind in ('duplicate-of', 'merged-into', 'split-from', 'branch-of', 'transformed-from')),
  since date not null,
  ended_on date,
  act_id uuid not null,
  recorded_at timestamptz not null,
  primary key (from_subject, relation_id)
);
create index relation_to on subjects.relation (to_subject);

create table subjects.search_entry (
  subject_id uuid not null,
  name_no smallint not null,
  kind text not null,
  name text not null,
  grams int4[] not null,
  size smallint not null,
  primary key (subject_id, name_no)
);
comment on table subjects.search_entry is 'Names findable by part, short form and pinyin. Individual businesses are never in it (design.md §9).';
create index search_entry_grams on subjects.search_entry using gin (grams gin__int_ops);

create table subjects.gram (
  gram int4 primary key,
  entries int not null
);
comment on table subjects.gram is 'How many entries hold a gram; search asks for the rarest three. Estimates, raised by imports.';

create table subjects.import_run (
  import_id uuid primary key,
  digest text not null unique,
  file_name text not null,
  state text not null,
  cursor_row bigint not null default 0,
  counts jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz
);

create table subjects.import_finding (
  import_id uuid not null,
  row_no bigint not null,
  code text not null,
  value text,
  primary key (import_id, row_no, code)
);

create table subjects.review (
  review_id uuid primary key,
  object text not null,
  state text not null,
  workflow text not null,
  workflow_version int not null,
  query jsonb not null,
  reasons jsonb not null,
  candidates jsonb not null,
  chosen uuid,
  opened_at timestamptz not null,
  decided_at timestamptz
);
comment on table subjects.review is '关联复核: a link two persons decide. object names what waits for it (row:batch/no or record:id).';
create unique index review_open on subjects.review (object, workflow) where decided_at is null;
create index review_queue on subjects.review (opened_at) where decided_at is null;

create table subjects.review_step (
  review_id uuid not null references subjects.review,
  step_no int not null,
  action text not null,
  account text not null,
  act_id uuid not null,
  act_at timestamptz not null,
  detail jsonb not null,
  primary key (review_id, step_no)
);

create table units.unit (
  code text primary key,
  name text not null,
  kind text not null,
  level text not null,
  region text,
  sector text,
  status text not null check (status in ('registered', 'provisional', 'ended')),
  sample boolean not null,
  recorded_at timestamptz not null,
  act_id uuid not null
);
comment on table units.unit is '单位: public bodies, providers and authorities. provisional: seen as provider, not yet confirmed by the centre.';

-- Sampling: stored rows of a month drawn by lot and held against the decision paper.
create schema quality;

create table quality.sample (
  sample_id uuid primary key,
  provider text not null,
  item text not null,
  period text not null check (period ~ '^\d{4}-\d{2}$'),
  -- The lot: rows in the order of the SHA-256 of seed, batch and row. Whoever has it draws the same.
  seed text not null,
  population int not null,
  size int not null check (size between 1 and population),
  account text not null,
  act_id uuid not null,
  drawn_at timestamptz not null,
  -- One lot for a month: a draw that does not please is not repeated.
  unique (provider, item, period)
);
comment on table quality.sample is '抽查: drawn once for a source and month.';

create table quality.sample_row (
  sample_id uuid not null references quality.sample,
  no int not null check (no > 0),
  batch_id uuid not null,
  row_no bigint not null,
  primary key (sample_id, no)
);

create table quality.verdict (
  sample_id uuid not null,
  no int not null,
  -- The newest turn counts; a later one is another person's and says why.
  turn int not null check (turn > 0),
  verdict text not null check (verdict in ('right', 'wrong', 'unproven')),
  note text not null check (verdict = 'right' and turn = 1 or note <> ''),
  account text not null,
  act_id uuid not null,
  judged_at timestamptz not null,
  primary key (sample_id, no, turn),
  foreign key (sample_id, no) references quality.sample_row
);

create trigger sample_kept before update or delete on quality.sample
  for each row execute function operation.refuse_change('quality.sample', 'sample_id');
create trigger sample_row_kept before update or delete on quality.sample_row
  for each row execute function operation.refuse_change('quality.sample_row', 'sample_id');
create trigger verdict_kept before update or delete on quality.verdict
  for each row execute function operation.refuse_change('quality.verdict', 'sample_id');

-- Rows lie in the order they were received: a month of them is found without an index of every row.
create index statement_version_received on records.statement_version using brin (received_at);

-- Heads of closed months of the audit: what a month held, committed to in the log; and months of events
-- that were taken out of the database by two persons, after their head was in the log.
create table audit.month_head (
  id uuid primary key,
  -- act or event
  of text not null check (of in ('act', 'event')),
  -- First day of the month, in UTC as the partitions are.
  month date not null check (extract(day from month) = 1),
  rows bigint not null check (rows >= 0),
  -- SHA-256 over a line for every row in the order of time: instant, id, commitment.
  digest bytea not null check (octet_length(digest) = 32),
  closed_at timestamptz not null,
  salt bytea,
  unique (of, month)
);
comment on table audit.month_head is 'What a month that is over held; committed to in the log.';

create table audit.month_drop (
  month date primary key check (extract(day from month) = 1),
  rows bigint not null,
  first_act uuid not null,
  act uuid not null unique,
  first_account text not null,
  second_account text not null,
  -- SHA-256 of the file the month was written to before it was taken out.
  archive bytea not null check (octet_length(archive) = 32),
  at timestamptz not null,
  constraint two_persons check (first_account <> second_account)
);
comment on table audit.month_drop is 'Months of events that are in a file of the auditors and no longer here.';

create trigger month_head_kept before update or delete on audit.month_head
  for each row execute function operation.refuse_change('audit.month_head', 'id');
create trigger month_drop_kept before update or delete on audit.month_drop
  for each row execute function operation.refuse_change('audit.month_drop', 'month');

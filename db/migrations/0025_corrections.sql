-- Corrections: rows that were sent anew out of the office, each with the row it puts right. The row that
-- was wrong stays as it was; what was corrected is a delivery of its own.
create table collection.correction (
  batch_id uuid not null,
  row_no bigint not null,
  of_batch_id uuid not null,
  of_row_no bigint not null,
  act_id uuid not null,
  primary key (batch_id, row_no),
  constraint of_another_batch check (batch_id <> of_batch_id)
);
comment on table collection.correction is '更正: a row of a later batch, and the row of an earlier one it puts right.';
create index correction_of on collection.correction (of_batch_id, of_row_no);

create trigger correction_kept before update or delete on collection.correction
  for each row execute function operation.refuse_change('collection.correction', 'batch_id');

-- A unit looks through its own deliveries, the newest first.
create index batch_of_provider on collection.batch (provider, received_at desc, batch_id desc);

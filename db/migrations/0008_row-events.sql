-- What quality is measured from: which fact a row was about, when it was decided, how full it was.
alter table collection.row_outcome
  add column source_key uuid,
  add column decided_on date,
  add column cells_required smallint,
  add column cells_filled smallint;
comment on column collection.row_outcome.source_key is
  'Business key of the row, also where it was rejected; null where what makes the key could not be read.';
comment on column collection.row_outcome.cells_required is
  'Cells the standard wants filled, always or because its condition holds; cells_filled of them are.';

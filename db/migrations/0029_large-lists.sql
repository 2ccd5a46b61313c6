-- Lists that grow to a million rows: every page a walk along an index, from wherever the page before ended.

-- Rows given back, waiting or warned of, of one delivery; rows that were simply taken are no part of it.
create index row_outcome_given on collection.row_outcome (batch_id, outcome, row_no)
  where outcome in ('R', 'H', 'W');

-- Deliveries of everybody, the newest first; those of one unit have an index of their own.
create index batch_received on collection.batch (received_at desc, batch_id desc);

-- Rows whose subject was in doubt, by what became of them.
create index held_row_state on collection.held_row (state, received_at desc, batch_id desc, row_no desc);

-- A record has one set of windows at a time, whoever works them out at once.
create unique index record_window_current on records.record_window (subject_id, record_id)
  where superseded_at is null;

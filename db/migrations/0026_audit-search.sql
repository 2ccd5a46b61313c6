-- Looking through acts and events: the newest first, by account, kind or unit; and what is read today.
create index act_at on audit.act (at, id);
create index act_account on audit.act (account, at, id);
create index act_kind on audit.act (kind, at, id);
create index act_unit on audit.act (unit, at, id);

create index event_at on audit.event (at, id);
create index event_kind on audit.event (kind, at, id);

-- Readings lie in the order they were entered: those of one day are found without an index of every row.
create index reading_at on access.reading using brin (at);

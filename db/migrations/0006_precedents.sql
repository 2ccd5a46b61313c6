-- What people decided about a source row is looked up when a correction of it comes.
create index held_row_linked on collection.held_row (source_key) where state = 'linked';

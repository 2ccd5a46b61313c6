-- Duties: which unit has to report which item of the directory, from which day. Who never sent anything
-- is silent only if it is written down that it should have.
create table collection.duty_change (
  provider text not null,
  item text not null,
  -- The change holds from this day on, until the next one of the same unit and item.
  from_on date not null,
  owes boolean not null,
  -- The list or letter that says so.
  ground text not null check (ground <> ''),
  act_id uuid not null,
  recorded_at timestamptz not null,
  -- Said again for the same day, the newest counts.
  primary key (provider, item, from_on, act_id)
);
comment on table collection.duty_change is '报送任务: begun and ended by day; nothing is edited.';

create trigger duty_change_kept before update or delete on collection.duty_change
  for each row execute function operation.refuse_change('collection.duty_change', 'item');

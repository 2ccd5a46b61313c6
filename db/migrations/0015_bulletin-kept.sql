-- What was said about a bulletin, and the steps taken on it, are kept like the bulletin itself.
create function operation.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are kept as they were: %', tg_argv[0], to_jsonb(old) ->> tg_argv[1]
    using errcode = 'restrict_violation';
end $$;
comment on function operation.refuse_change is 'For tables that are only added to; arguments: what its rows are called, and the column that names one.';

create or replace function bulletin.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('published', 'cancelled')
     or (new.state = 'published' and old.state <> 'sent')
     or (new.bulletin_id, new.period, new.edition, new.body, new.digest, new.drafted_at)
        is distinct from (old.bulletin_id, old.period, old.edition, old.body, old.digest, old.drafted_at) then
    raise exception 'a bulletin stays as it was drafted: % edition %', old.period, old.edition
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function bulletin.refuse_late_word() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state not in ('asked', 'contested') or exists (
    select 1 from bulletin.bulletin b where b.bulletin_id = old.bulletin_id and b.state <> 'sent') then
    raise exception 'what departments said to a bulletin stays as it was said: %', old.provider
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger response_kept before update or delete on bulletin.response
  for each row execute function bulletin.refuse_late_word();
create trigger step_kept before update or delete on bulletin.step
  for each row execute function operation.refuse_change('bulletin.step', 'bulletin_id');

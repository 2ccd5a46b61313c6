-- The log: positions of commitments, one head, and every checkpoint that was signed.
create unique index commitment_position on transparency_log.commitment (position)
  where position is not null;

create table transparency_log.head (
  one boolean primary key default true check (one),
  origin text not null,
  hash text not null check (hash in ('sha256', 'sm3')),
  -- Leaves that have a position.
  size bigint not null check (size >= 0),
  -- Raised by whoever starts to sequence: who holds an older one may write nothing any more.
  epoch bigint not null check (epoch >= 0)
);
comment on table transparency_log.head is 'One row. Positions are given and checkpoints signed only while it is locked.';

create table transparency_log.checkpoint (
  size bigint primary key,
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  signed_at timestamptz not null
);
comment on table transparency_log.checkpoint is 'Every checkpoint ever signed: two of one size would be a fork.';

create function transparency_log.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.position is not null
     or (new.id, new.kind, new.object_id, new.commitment, new.at)
        is distinct from (old.id, old.kind, old.object_id, old.commitment, old.at) then
    raise exception 'a commitment is kept as it was written: %', old.id
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger commitment_kept before update or delete on transparency_log.commitment
  for each row execute function transparency_log.refuse_change();
create trigger checkpoint_kept before update or delete on transparency_log.checkpoint
  for each row execute function operation.refuse_change('transparency_log.checkpoint', 'size');

create function transparency_log.refuse_back() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.size < old.size or new.epoch < old.epoch
     or (new.origin, new.hash) is distinct from (old.origin, old.hash) then
    raise exception 'the log only grows' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger head_grows before update or delete on transparency_log.head
  for each row execute function transparency_log.refuse_back();

-- Commitments lie in the order they were written: those of one instant are found without an index of every row.
create index commitment_at on transparency_log.commitment using brin (at);

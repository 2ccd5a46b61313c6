-- The monthly bulletin: kept whole as it was drafted, with the weights it used.
create schema bulletin;

create table bulletin.bulletin (
  bulletin_id uuid primary key,
  period text not null check (period ~ '^\d{4}-\d{2}$'),
  edition int not null check (edition > 0),
  state text not null check (state in ('drafted', 'sent', 'published', 'cancelled')),
  workflow_version int not null,
  body text not null,
  digest bytea not null check (length(digest) = 32),
  reason text not null check (reason <> ''),
  -- The published bulletin of this month that this one takes the place of.
  replaces uuid references bulletin.bulletin,
  drafted_at timestamptz not null,
  -- Last day on which departments may answer.
  window_ends date,
  closed_at timestamptz,
  unique (period, edition)
);
comment on table bulletin.bulletin is '归集通报: never worked out again; a mistake is put right by a later edition.';
create unique index bulletin_open on bulletin.bulletin (period) where state in ('drafted', 'sent');
create index bulletin_published on bulletin.bulletin (period desc, edition desc) where state = 'published';

create table bulletin.step (
  bulletin_id uuid not null references bulletin.bulletin,
  step_no int not null,
  action text not null,
  account text not null,
  act_id uuid not null,
  act_at timestamptz not null,
  primary key (bulletin_id, step_no)
);

create table bulletin.response (
  bulletin_id uuid not null references bulletin.bulletin,
  provider text not null,
  state text not null check (state in ('asked', 'confirmed', 'contested', 'upheld', 'dismissed')),
  -- The department itself, or the centre for it on the strength of a letter.
  by_centre boolean not null default false,
  ground text,
  account text,
  act_id uuid,
  answered_at timestamptz,
  reply text,
  reply_account text,
  reply_act uuid,
  replied_at timestamptz,
  primary key (bulletin_id, provider),
  constraint contested_on_a_ground check (state in ('asked', 'confirmed') or ground is not null),
  constraint answered_by_another check (reply_account is null or reply_account <> account)
);
comment on table bulletin.response is '部门确认或者异议: one department''s word on its figures within the window, and the answer to it.';

create function bulletin.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('published', 'cancelled')
     or (new.bulletin_id, new.period, new.edition, new.body, new.digest, new.drafted_at)
        is distinct from (old.bulletin_id, old.period, old.edition, old.body, old.digest, old.drafted_at) then
    raise exception 'a bulletin stays as it was drafted: % edition %', old.period, old.edition
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger bulletin_immutable before update or delete on bulletin.bulletin
  for each row execute function bulletin.refuse_change();

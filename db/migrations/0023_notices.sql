-- notices: letters as they were written, what became of each, and the addresses they went to.
create schema notices;

create table notices.letter (
  id uuid primary key,
  at timestamptz not null,
  -- Template of the rulebook, and the edition it stood in.
  template text not null,
  edition text not null,
  recipient_kind text not null check (recipient_kind in ('account', 'unit', 'organisation', 'position')),
  recipient text not null,
  -- Positions of the unit whose officers read it.
  readers text[] not null,
  about text not null,
  -- A letter of one key is written once.
  once text unique,
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  text_digest bytea not null check (octet_length(text_digest) = 32),
  channels text[] not null check (channels <> '{}'),
  proof boolean not null,
  -- When it counts as served without being acknowledged; null: never.
  deemed jsonb,
  caused_by text not null,
  salt bytea
);
comment on table notices.letter is 'Letters as they were written: text, template, edition, for whom. They never change.';
create index letter_recipient on notices.letter (recipient_kind, recipient, id desc);

create table notices.address (
  id uuid primary key,
  holder_kind text not null check (holder_kind in ('account', 'unit', 'organisation')),
  holder text not null,
  medium text not null check (medium in ('mail', 'mobile')),
  -- Masked; the address itself is sealed under the master key, and known again by a keyed digest.
  shown text not null,
  sealed bytea not null,
  digest bytea not null check (octet_length(digest) = 32),
  from_day date not null,
  given_by text not null,
  given_at timestamptz not null
);
comment on table notices.address is 'Addresses letters go to, one row each time one was given; none is ever overwritten.';
create index address_holder on notices.address (holder_kind, holder, id);

create table notices.address_end (
  address_id uuid primary key references notices.address,
  last_day date not null,
  ended_by text not null,
  ended_at timestamptz not null
);
comment on table notices.address_end is 'The last day on which an address is used.';

create table notices.event (
  id uuid primary key,
  letter_id uuid not null references notices.letter,
  at timestamptz not null,
  kind text not null check (kind in
    ('prepared', 'tried', 'sent', 'delivered', 'failed', 'read', 'acknowledged', 'deemed')),
  channel text check (channel in ('office', 'my', 'mail', 'sms')),
  account text,
  -- The address it went to, as it stood then.
  address_id uuid references notices.address,
  detail jsonb not null,
  salt bytea
);
comment on table notices.event is 'What became of a letter: the proof of its service.';
create index event_letter on notices.event (letter_id, at, id);
-- A letter is prepared, acknowledged and deemed served once, whoever asks twice.
create unique index event_once on notices.event (letter_id, kind)
  where kind in ('prepared', 'acknowledged', 'deemed');

create table notices.standing (
  letter_id uuid primary key references notices.letter,
  state text not null check (state in ('prepared', 'failed', 'sent', 'delivered', 'read', 'acknowledged')),
  delivered_at timestamptz,
  read_at timestamptz,
  acknowledged_at timestamptz,
  served_by text check (served_by in ('acknowledgement', 'deemed')),
  served_on date,
  -- From this day on it counts as served, unless it is acknowledged before.
  deemed_due date,
  constraint served_whole check ((served_by is null) = (served_on is null))
);
comment on table notices.standing is 'How far each letter came, worked out of its events and written with each of them.';
create index standing_deemed on notices.standing (deemed_due)
  where deemed_due is not null and served_on is null;

create table notices.outbox (
  letter_id uuid not null references notices.letter,
  channel text not null check (channel in ('office', 'my', 'mail', 'sms')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  primary key (letter_id, channel)
);
comment on table notices.outbox is 'What still has to go out, and when it is tried next; a row is taken away with the event that says what became of it.';
create index outbox_next on notices.outbox (next_at);

create trigger letter_kept before update or delete on notices.letter
  for each row execute function operation.refuse_change('notices.letter', 'id');
create trigger event_kept before update or delete on notices.event
  for each row execute function operation.refuse_change('notices.event', 'id');
create trigger address_kept before update or delete on notices.address
  for each row execute function operation.refuse_change('notices.address', 'id');
create trigger address_end_kept before update or delete on notices.address_end
  for each row execute function operation.refuse_change('notices.address_end', 'address_id');

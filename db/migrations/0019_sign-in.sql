-- Signing in: credentials, sessions, what failed; changes of accounts by two persons; events of access.
alter table accounts.account add column disabled_at timestamptz;
comment on table accounts.account is 'Who may act: people, programs of the installation. A person appears here and nowhere else.';

create table accounts.credential (
  account text primary key references accounts.account,
  -- Encoded with its own parameters; null: none is set, and nobody signs in.
  password text,
  password_set_at timestamptz,
  -- Given by somebody else: it opens nothing but the page on which another is chosen, until this instant.
  one_time_until timestamptz,
  -- Sealed under the master key: the secret of the second factor, and the one being enrolled.
  totp_sealed bytea,
  totp_pending bytea,
  -- The last time step that was accepted: a code opens once.
  totp_step bigint
);
comment on table accounts.credential is 'What an account signs in with. Clear text is nowhere.';

create table accounts.password_history (
  account text not null references accounts.account,
  password text not null,
  set_at timestamptz not null,
  primary key (account, set_at)
);
comment on table accounts.password_history is 'Passwords an account had; as many as the rulebook forbids to use again.';

create table accounts.sign_in_failure (
  id uuid primary key,
  account text not null,
  at timestamptz not null
);
comment on table accounts.sign_in_failure is 'Failures since the last success, by account; what locks it for a while.';
create index sign_in_failure_account on accounts.sign_in_failure (account, at);

create table accounts.session (
  id uuid primary key,
  -- The token is with the browser only.
  token_digest bytea not null unique check (octet_length(token_digest) = 32),
  csrf text not null,
  account text not null references accounts.account,
  -- What the session still lacks: a second factor, a password of one's own, an enrolled second factor.
  state text not null check (state in ('second-factor', 'change-password', 'enrol', 'open')),
  address text,
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  ended_why text
);
comment on table accounts.session is 'Sessions of the office; idle and absolute limits are counted from here when a request comes.';
create index session_account on accounts.session (account, created_at);

create table accounts.change (
  id uuid primary key,
  account text not null,
  -- What the account is to be: name, unit, positions; null for a disabled one.
  wanted jsonb,
  state text not null check (state in ('proposed', 'decided', 'rejected', 'cancelled')),
  proposed_act uuid not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  constraint two_persons check (decided_by is null or state <> 'decided' or decided_by <> proposed_by)
);
comment on table accounts.change is 'Changes of accounts and their positions: proposed by one person, decided by another.';
create unique index change_one_open on accounts.change (account) where state = 'proposed';

create table audit.event (
  id uuid not null,
  at timestamptz not null,
  -- sign-in, sign-in-refused, second-factor-refused, locked, signed-out, denied, …
  kind text not null,
  account text,
  address text,
  route text,
  detail jsonb not null,
  salt bytea,
  primary key (id, at)
) partition by range (at);
comment on table audit.event is 'What was no act: signing in and out, and what was denied.';
create index event_account on audit.event (account, at);

create trigger act_kept before update or delete on audit.act
  for each row execute function operation.refuse_change('audit.act', 'id');
create trigger event_kept before update or delete on audit.event
  for each row execute function operation.refuse_change('audit.event', 'id');

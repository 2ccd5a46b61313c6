-- Accounts of enterprises: who holds an organisation's space, and whom it lets in.
alter table accounts.account add constraint enterprise_holds_no_position
  check (code !~ '^E-' or positions = '{}');

create table accounts.enterprise (
  account text not null references accounts.account,
  -- Unified code of the organisation whose space it is.
  organisation text not null,
  bound_at timestamptz not null,
  -- By which way it was proved, and the proof; a proof binds once.
  proof text not null,
  proof_digest bytea not null unique check (octet_length(proof_digest) = 32),
  ended_at timestamptz,
  primary key (organisation, bound_at, account)
);
comment on table accounts.enterprise is 'Which account holds an organisation, since which proof. A later proof ends what was before it.';
create unique index enterprise_one_holder on accounts.enterprise (organisation) where ended_at is null;
create unique index enterprise_one_organisation on accounts.enterprise (account);

create table accounts.delegation (
  id uuid primary key,
  organisation text not null,
  given_by text not null references accounts.account,
  given_to text not null references accounts.account,
  -- `read`: sees the file and the journal; `act`: also acts for the organisation.
  rights text not null check (rights in ('read', 'act')),
  -- The last day on which it holds, UTC+8.
  last_day date not null,
  given_at timestamptz not null,
  ended_at timestamptz,
  constraint delegation_to_another check (given_by <> given_to)
);
comment on table accounts.delegation is 'Whom the holder of an organisation lets in, for what, and until which day.';
create unique index delegation_one_open on accounts.delegation (organisation, given_to) where ended_at is null;
create index delegation_given_to on accounts.delegation (given_to) where ended_at is null;

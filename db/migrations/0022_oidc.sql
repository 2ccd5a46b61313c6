-- Signing in through an identity provider (OpenID Connect).
create table accounts.oidc_subject (
  issuer text not null,
  subject text not null,
  account text not null unique references accounts.account,
  bound_at timestamptz not null,
  primary key (issuer, subject)
);
comment on table accounts.oidc_subject is 'Who of an identity provider which account is: bound by two persons, never by itself.';

create table accounts.oidc_attempt (
  -- State and browser are with the browser only.
  state_digest bytea primary key check (octet_length(state_digest) = 32),
  browser_digest bytea not null check (octet_length(browser_digest) = 32),
  -- Nonce and code verifier, sealed under the master key.
  sealed bytea not null,
  expires_at timestamptz not null
);
comment on table accounts.oidc_attempt is 'Sign-ins that were begun at an identity provider and have not come back; each is taken once.';
create index oidc_attempt_expiry on accounts.oidc_attempt (expires_at);

-- How a session was begun: whoever came from the provider is not asked for a password.
alter table accounts.session add column way text not null default 'password' check (way in ('password', 'oidc'));

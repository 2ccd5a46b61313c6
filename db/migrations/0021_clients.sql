-- API clients: accounts of programs. They sign their requests and have nothing else to sign in with.
create table accounts.client (
  account text primary key references accounts.account,
  -- Ed25519, the 32 bytes of the point. One key, one client: or nobody could say which of them asked.
  public_key bytea not null unique check (octet_length(public_key) = 32),
  -- The last day on which signatures count.
  valid_until date not null,
  changed_at timestamptz not null
);
comment on table accounts.client is 'Accounts of programs: the key their requests are signed with, and until when.';

create table accounts.client_nonce (
  account text not null references accounts.account,
  nonce text not null,
  -- After this instant no copy of the request would be in time.
  expires_at timestamptz not null,
  primary key (account, nonce)
);
comment on table accounts.client_nonce is 'Nonces of signed requests that were taken: each is taken once. Upkeep removes them when no copy would be in time.';
create index client_nonce_expiry on accounts.client_nonce (expires_at);

-- A program never gets a password, and whoever has one never becomes a program.
create function accounts.refuse_password_of_program() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'credential' then
    perform from accounts.client where account = new.account;
  else
    perform from accounts.credential where account = new.account;
  end if;
  if found then
    raise exception 'account % is a person or a program, not both', new.account;
  end if;
  return new;
end $$;
create trigger credential_of_person before insert on accounts.credential
  for each row execute function accounts.refuse_password_of_program();
create trigger client_of_program before insert on accounts.client
  for each row execute function accounts.refuse_password_of_program();

-- Who signs in and by what (docs/accounts.md). The first six tables are those of the library that checks passwords and second factors; it
-- writes them, and we read. No name, no mail address, no telephone number, no address of a machine lies in any of these tables.

create table account (
  id text primary key,
  district text not null,
  -- The staff number.
  name text not null,
  -- staff, or one of the three administrators: systemAdmin, securityAdmin, auditAdmin
  role text not null default 'staff',
  -- What the library takes for a mail address: a hash of district and staff number under .invalid.
  handle text not null unique,
  handle_checked boolean not null default true,
  image text,
  has_second_factor boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Closed: signs in no more.
  closed_at timestamptz
);
create unique index account_name on account (district, name);

-- The ways in of an account: a password (its scrypt hash), or the subject at a single sign-on. Tokens of the latter are not kept.
create table account_way (
  id text primary key,
  account_id text not null,
  provider text not null,
  subject text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index account_way_account on account_way (account_id);
create unique index account_way_subject on account_way (provider, subject);

-- A browser that is signed in. Its cookie is the token and a seal of it, under a key that does not lie in this database.
create table account_session (
  id text primary key,
  token text not null unique,
  account_id text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  machine_address text,
  browser text,
  -- The post that was chosen; none: none yet.
  post text,
  -- Whether a second factor was shown.
  strong boolean not null default false,
  opened_at timestamptz,
  seen_at timestamptz
);
create index account_session_account on account_session (account_id);

-- What waits for an answer: a second factor, the way back from a single sign-on, a passkey's challenge. Gone when answered or late.
create table account_challenge (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index account_challenge_identifier on account_challenge (identifier);

-- The secret of one-time codes and the codes for when it is lost, both sealed by a key that does not lie in this database.
create table account_factor (
  id text primary key,
  account_id text not null,
  secret text not null,
  backup_codes text not null,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
create index account_factor_account on account_factor (account_id);

create table account_passkey (
  id text primary key,
  account_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  label text not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index account_passkey_account on account_passkey (account_id);

-- A link that works once: to the set-up of a district, or to the first password of an account. Its secret lies here as a hash.
create table account_link (
  district text not null,
  hash bytea not null,
  account_id text,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (district, hash)
);

-- Tries in a stretch of time, by a keyed hash of whose they are: an account, a contact, the address of a machine.
create table account_try (
  district text not null,
  key bytea not null,
  since timestamptz not null,
  tries integer not null,
  primary key (district, key)
);

-- One-time codes of residents. `contact` is the vault's keyed hash of a telephone number or mail address, `code` a keyed hash too.
create table resident_code (
  district text not null,
  id uuid not null,
  contact bytea not null,
  code bytea not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  primary key (district, id)
);
create index resident_code_contact on resident_code (district, contact);

create table resident_session (
  district text not null,
  hash bytea not null,
  contact bytea not null,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (district, hash)
);

-- Another system, or a unit outside: it acts as a post, and only within what is written here. Empty `kinds` or `places`: all.
create table service_account (
  district text not null,
  name text not null,
  post text not null,
  routes text[] not null,
  powers text[] not null,
  kinds text[] not null,
  places text[] not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  primary key (district, name)
);

create table service_key (
  district text not null,
  id text not null,
  service text not null,
  hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_day date,
  revoked_at timestamptz,
  primary key (district, id)
);
create index service_key_service on service_key (district, service);

-- What happened at the door. Append-only, and nobody's to delete; kept for good (the law asks for six months at least). Accounts by their
-- id; machines by a keyed hash.
create table security_event (
  district text not null,
  id uuid not null,
  at timestamptz not null,
  event text not null,
  account_id text,
  by_account_id text,
  machine bytea,
  detail json not null,
  primary key (district, id)
);
create index security_event_at on security_event (district, at);

grant select, insert, update, delete on account, account_way, account_session, account_challenge, account_factor,
  account_passkey, account_try, resident_code, resident_session to gezhi_service;
grant select, insert, update on account_link, service_account, service_key to gezhi_service;
grant select, insert on security_event to gezhi_service;
revoke update, delete, truncate on security_event from gezhi_service;
revoke delete, truncate on account_link, service_account, service_key from gezhi_service;

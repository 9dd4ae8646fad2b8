-- The schema that the migrations make, for reviews. Do not edit; write it anew with
--   node bin/node.js packages/storage/src/schema-dump.ts --write

CREATE TABLE account (
  id text NOT NULL,
  district text NOT NULL,
  name text NOT NULL,
  role text DEFAULT 'staff'::text NOT NULL,
  handle text NOT NULL,
  handle_checked boolean DEFAULT true NOT NULL,
  image text,
  has_second_factor boolean DEFAULT false NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  closed_at timestamp with time zone,
  CONSTRAINT account_handle_key UNIQUE (handle),
  CONSTRAINT account_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX account_name ON public.account USING btree (district, name);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_challenge (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT account_challenge_pkey PRIMARY KEY (id)
);
CREATE INDEX account_challenge_identifier ON public.account_challenge USING btree (identifier);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_factor (
  id text NOT NULL,
  account_id text NOT NULL,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamp with time zone,
  CONSTRAINT account_factor_pkey PRIMARY KEY (id)
);
CREATE INDEX account_factor_account ON public.account_factor USING btree (account_id);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_link (
  district text NOT NULL,
  hash bytea NOT NULL,
  account_id text,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT account_link_pkey PRIMARY KEY (district, hash)
);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE account_passkey (
  id text NOT NULL,
  account_id text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  label text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT account_passkey_pkey PRIMARY KEY (id)
);
CREATE INDEX account_passkey_account ON public.account_passkey USING btree (account_id);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_session (
  id text NOT NULL,
  token text NOT NULL,
  account_id text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  machine_address text,
  browser text,
  post text,
  strong boolean DEFAULT false NOT NULL,
  opened_at timestamp with time zone,
  seen_at timestamp with time zone,
  CONSTRAINT account_session_token_key UNIQUE (token),
  CONSTRAINT account_session_pkey PRIMARY KEY (id)
);
CREATE INDEX account_session_account ON public.account_session USING btree (account_id);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_try (
  district text NOT NULL,
  key bytea NOT NULL,
  since timestamp with time zone NOT NULL,
  tries integer NOT NULL,
  CONSTRAINT account_try_pkey PRIMARY KEY (district, key)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE account_way (
  id text NOT NULL,
  account_id text NOT NULL,
  provider text NOT NULL,
  subject text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT account_way_pkey PRIMARY KEY (id)
);
CREATE INDEX account_way_account ON public.account_way USING btree (account_id);
CREATE UNIQUE INDEX account_way_subject ON public.account_way USING btree (provider, subject);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE break_glass (
  district text NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  asked_at timestamp with time zone NOT NULL,
  asked_post text NOT NULL,
  asked_staff text NOT NULL,
  reason text NOT NULL,
  allowed_at timestamp with time zone,
  allowed_post text,
  allowed_staff text,
  until timestamp with time zone,
  CONSTRAINT break_glass_pkey PRIMARY KEY (district, id)
);
CREATE INDEX break_glass_number ON public.break_glass USING btree (district, number);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE callback_claim (
  district text NOT NULL,
  number text NOT NULL,
  case_id uuid NOT NULL,
  seat text NOT NULL,
  until timestamp with time zone NOT NULL,
  CONSTRAINT callback_claim_pkey PRIMARY KEY (district, number)
);
CREATE UNIQUE INDEX callback_claim_seat ON public.callback_claim USING btree (district, seat);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE callback_rest (
  district text NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  until timestamp with time zone,
  CONSTRAINT callback_rest_pkey PRIMARY KEY (district, case_id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE case_now (
  district text NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  phase text NOT NULL,
  flags text[] NOT NULL,
  place text NOT NULL,
  unit text,
  post text,
  helpers text[] NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  requests integer NOT NULL,
  public boolean NOT NULL,
  lon double precision,
  lat double precision,
  next_due timestamp with time zone,
  next_clock text,
  is_open boolean NOT NULL,
  scene text,
  parties text[],
  against text[],
  finder text,
  CONSTRAINT case_now_pkey PRIMARY KEY (district, case_id)
);
CREATE INDEX case_due ON public.case_now USING btree (district, next_due) WHERE (next_due IS NOT NULL);
CREATE INDEX case_open_helpers ON public.case_now USING gin (helpers) WHERE is_open;
CREATE INDEX case_open_phase ON public.case_now USING btree (district, phase, (('late'::text <> ALL (flags))), COALESCE(next_due, 'infinity'::timestamp with time zone), case_id) WHERE is_open;
CREATE INDEX case_open_unit ON public.case_now USING btree (district, unit, (('late'::text <> ALL (flags))), COALESCE(next_due, 'infinity'::timestamp with time zone), case_id) WHERE is_open;
CREATE INDEX case_public_near ON public.case_now USING btree (district, lat, lon) WHERE public;
CREATE INDEX case_public_place ON public.case_now USING btree (district, place) WHERE public;
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE command (
  district text NOT NULL,
  command_id text NOT NULL,
  at timestamp with time zone NOT NULL,
  answer json NOT NULL,
  CONSTRAINT command_pkey PRIMARY KEY (district, command_id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE contact (
  district text NOT NULL,
  number text NOT NULL,
  role text NOT NULL,
  person json NOT NULL,
  CONSTRAINT contact_pkey PRIMARY KEY (district, number, role)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE contact_look (
  district text NOT NULL,
  number text NOT NULL,
  event bigint NOT NULL,
  at timestamp with time zone NOT NULL,
  role text NOT NULL,
  post text NOT NULL,
  unit text,
  staff text,
  purpose text NOT NULL,
  fields text[] NOT NULL,
  reason text,
  put_off_until timestamp with time zone,
  put_off_basis text,
  CONSTRAINT contact_look_pkey PRIMARY KEY (district, number, event)
);
CREATE INDEX contact_look_put_off ON public.contact_look USING btree (district, put_off_until) WHERE (put_off_until IS NOT NULL);
-- gezhi_service: INSERT, SELECT

CREATE TABLE district (
  district text NOT NULL,
  town json NOT NULL,
  CONSTRAINT district_pkey PRIMARY KEY (district)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE edition_act (
  district text NOT NULL,
  edition text NOT NULL,
  seq integer NOT NULL,
  type text NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  data json NOT NULL,
  CONSTRAINT edition_act_pkey PRIMARY KEY (district, edition, seq)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE edition_text (
  district text NOT NULL,
  edition text NOT NULL,
  hash text NOT NULL,
  content text NOT NULL,
  list text NOT NULL,
  input text NOT NULL,
  CONSTRAINT edition_text_pkey PRIMARY KEY (district, edition, hash)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE emergency (
  district text NOT NULL,
  number integer NOT NULL,
  id text NOT NULL,
  level smallint NOT NULL,
  layer text NOT NULL,
  area text NOT NULL,
  basis text NOT NULL,
  reason text NOT NULL,
  declared_at timestamp with time zone NOT NULL,
  declared_post text NOT NULL,
  declared_staff text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  renews integer,
  ended_at timestamp with time zone,
  ended_post text,
  ended_staff text,
  ended_reason text,
  purge_at timestamp with time zone NOT NULL,
  purged_at timestamp with time zone,
  purged integer DEFAULT 0 NOT NULL,
  review_at timestamp with time zone,
  review_post text,
  review_staff text,
  review text,
  CONSTRAINT emergency_district_id_key UNIQUE (district, id),
  CONSTRAINT emergency_pkey PRIMARY KEY (district, number),
  CONSTRAINT emergency_ends CHECK (((starts_at < ends_at) AND (ends_at <= (starts_at + 'PT720H'::interval)) AND (ended_at <= ends_at))),
  CONSTRAINT emergency_level_check CHECK (((level >= 1) AND (level <= 4))),
  CONSTRAINT emergency_purge CHECK ((purge_at <= (ends_at + 'PT720H'::interval)))
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE emergency_look (
  district text NOT NULL,
  emergency integer NOT NULL,
  number text NOT NULL,
  CONSTRAINT emergency_look_pkey PRIMARY KEY (district, emergency, number)
);
-- gezhi_service: DELETE, INSERT, SELECT

CREATE TABLE fact (
  district text NOT NULL,
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  "position" bigint NOT NULL,
  type text NOT NULL,
  v smallint NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  cause text NOT NULL,
  data json NOT NULL,
  CONSTRAINT fact_pkey PRIMARY KEY (district, case_id, seq)
) PARTITION BY RANGE (case_id);
CREATE INDEX fact_coached ON ONLY public.fact USING btree (district, recorded_at) WHERE ((type = 'calledBack'::text) AND (((data -> 'answer'::text) ->> 'coached'::text) IS NOT NULL));
CREATE INDEX fact_position ON ONLY public.fact USING btree (district, "position");
CREATE INDEX fact_rated ON ONLY public.fact USING btree (district, recorded_at) WHERE (type = 'rated'::text);
-- gezhi_service: INSERT, SELECT

CREATE TABLE follower (
  district text NOT NULL,
  name text NOT NULL,
  "position" bigint NOT NULL,
  yardstick text DEFAULT ''::text NOT NULL,
  CONSTRAINT follower_pkey PRIMARY KEY (district, name)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE kind_model (
  district text NOT NULL,
  hash text NOT NULL,
  trained_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  adopted_at timestamp with time zone,
  replaced_at timestamp with time zone,
  "position" bigint NOT NULL,
  bytes integer NOT NULL,
  card jsonb NOT NULL,
  report jsonb NOT NULL,
  file bytea,
  CONSTRAINT kind_model_pkey PRIMARY KEY (district, hash, trained_at)
);
CREATE UNIQUE INDEX kind_model_adopted ON public.kind_model USING btree (district) WHERE (state = 'adopted'::text);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE knowledge_now (
  district text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  language text NOT NULL,
  owner text NOT NULL,
  kinds text[] NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  source_case uuid,
  data jsonb NOT NULL,
  terms tsvector NOT NULL,
  CONSTRAINT knowledge_now_pkey PRIMARY KEY (district, id)
);
CREATE INDEX knowledge_due ON public.knowledge_now USING btree (district, valid_until) WHERE (status = 'live'::text);
CREATE INDEX knowledge_found ON public.knowledge_now USING gin (terms) WHERE (status = 'live'::text);
CREATE UNIQUE INDEX knowledge_source ON public.knowledge_now USING btree (district, source_case) WHERE (source_case IS NOT NULL);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE knowledge_use (
  district text NOT NULL,
  id text NOT NULL,
  answered integer NOT NULL,
  last_at timestamp with time zone NOT NULL,
  CONSTRAINT knowledge_use_pkey PRIMARY KEY (district, id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE knowledge_version (
  district text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  status text NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT knowledge_version_pkey PRIMARY KEY (district, id, version)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE learned_name (
  district text NOT NULL,
  name text NOT NULL,
  place text NOT NULL,
  count integer NOT NULL,
  CONSTRAINT learned_name_pkey PRIMARY KEY (district, name, place)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE ledger_event (
  district text NOT NULL,
  event bigint NOT NULL,
  kind text NOT NULL,
  at timestamp with time zone NOT NULL,
  body json NOT NULL,
  CONSTRAINT ledger_event_pkey PRIMARY KEY (district, event)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE ledger_leaf (
  district text NOT NULL,
  leaf bigint NOT NULL,
  fact bigint,
  event bigint,
  salt bytea,
  CONSTRAINT ledger_leaf_pkey PRIMARY KEY (district, leaf)
);
CREATE INDEX ledger_leaf_event ON public.ledger_leaf USING btree (district, event) WHERE (event IS NOT NULL);
CREATE INDEX ledger_leaf_fact ON public.ledger_leaf USING btree (district, fact) WHERE (fact IS NOT NULL);
-- gezhi_service: INSERT, SELECT

CREATE TABLE log_head (
  district text NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL,
  CONSTRAINT log_head_pkey PRIMARY KEY (district),
  CONSTRAINT log_head_district_fkey FOREIGN KEY (district) REFERENCES district(district)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE look_alarm (
  district text NOT NULL,
  event bigint NOT NULL,
  number text NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  unit text,
  staff text,
  purpose text NOT NULL,
  CONSTRAINT look_alarm_pkey PRIMARY KEY (district, event)
);
CREATE INDEX look_alarm_number ON public.look_alarm USING btree (district, number);
-- gezhi_service: INSERT, SELECT

CREATE TABLE media (
  district text NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  number text,
  salt bytea NOT NULL,
  type text NOT NULL,
  content bytea NOT NULL,
  stored_until timestamp with time zone,
  CONSTRAINT media_pkey PRIMARY KEY (district, id)
);
CREATE INDEX media_case ON public.media USING btree (district, case_id);
CREATE INDEX media_number ON public.media USING btree (district, number) WHERE (number IS NOT NULL);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE media_content (
  district text NOT NULL,
  hash bytea NOT NULL,
  bytes bytea NOT NULL,
  sealed boolean DEFAULT false NOT NULL,
  CONSTRAINT media_content_pkey PRIMARY KEY (district, hash)
);
CREATE INDEX media_clear ON public.media_content USING btree (district) WHERE (NOT sealed);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE migration (
  number integer NOT NULL,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT migration_pkey PRIMARY KEY (number)
);
-- gezhi_service: SELECT

CREATE TABLE notice (
  district text NOT NULL,
  id text NOT NULL,
  "position" bigint NOT NULL,
  case_id uuid NOT NULL,
  rule text NOT NULL,
  step smallint NOT NULL,
  target text NOT NULL,
  target_code text NOT NULL,
  lane text NOT NULL,
  ways text[] NOT NULL,
  way smallint DEFAULT 0 NOT NULL,
  urgent boolean NOT NULL,
  state text NOT NULL,
  reason text,
  made_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  http_status smallint,
  sent_at timestamp with time zone,
  sent_post text,
  sent_hash bytea,
  CONSTRAINT notice_pkey PRIMARY KEY (district, id)
);
CREATE INDEX notice_case ON public.notice USING btree (district, case_id);
CREATE INDEX notice_due ON public.notice USING btree (district, next_at) WHERE (state = 'waiting'::text);
CREATE INDEX notice_lane ON public.notice USING btree (district, lane, "position", id) WHERE (state = 'waiting'::text);
CREATE INDEX notice_made ON public.notice USING btree (district, made_at, id);
CREATE INDEX notice_unsettled ON public.notice USING btree (district, state) WHERE (state = ANY (ARRAY['waiting'::text, 'refused'::text, 'failed'::text, 'noWay'::text]));
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE number_block (
  district text NOT NULL,
  desk integer NOT NULL,
  next_serial integer DEFAULT 0 NOT NULL,
  CONSTRAINT number_block_pkey PRIMARY KEY (district, desk),
  CONSTRAINT number_block_district_fkey FOREIGN KEY (district) REFERENCES district(district)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE public_release (
  district text NOT NULL,
  case_id uuid NOT NULL,
  shown boolean NOT NULL,
  said text,
  photos uuid[] DEFAULT '{}'::uuid[] NOT NULL,
  post text NOT NULL,
  person text,
  released_at timestamp with time zone NOT NULL,
  sealed bytea,
  CONSTRAINT public_release_pkey PRIMARY KEY (district, case_id)
);
CREATE INDEX release_clear ON public.public_release USING btree (district) WHERE (said IS NOT NULL);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE registry (
  district text NOT NULL,
  sort text NOT NULL,
  code text NOT NULL,
  known_from timestamp with time zone NOT NULL,
  record json,
  CONSTRAINT registry_pkey PRIMARY KEY (district, sort, code, known_from),
  CONSTRAINT registry_district_fkey FOREIGN KEY (district) REFERENCES district(district)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE registry_edit (
  district text NOT NULL,
  id text NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  reason text NOT NULL,
  changes jsonb NOT NULL,
  undoes text,
  CONSTRAINT registry_edit_pkey PRIMARY KEY (district, id)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE request (
  district text NOT NULL,
  number text NOT NULL,
  case_id uuid NOT NULL,
  CONSTRAINT request_pkey PRIMARY KEY (district, number)
);
CREATE INDEX request_case ON public.request USING btree (district, case_id);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE resident_code (
  district text NOT NULL,
  id uuid NOT NULL,
  contact bytea NOT NULL,
  code bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  tries integer DEFAULT 0 NOT NULL,
  used_at timestamp with time zone,
  CONSTRAINT resident_code_pkey PRIMARY KEY (district, id)
);
CREATE INDEX resident_code_contact ON public.resident_code USING btree (district, contact);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE resident_session (
  district text NOT NULL,
  hash bytea NOT NULL,
  contact bytea NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT resident_session_pkey PRIMARY KEY (district, hash)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE ring (
  district text NOT NULL,
  "position" bigint NOT NULL,
  rule text NOT NULL,
  case_id uuid NOT NULL,
  unit text NOT NULL,
  task text,
  started_at timestamp with time zone NOT NULL,
  step smallint NOT NULL,
  next_at timestamp with time zone NOT NULL,
  CONSTRAINT ring_pkey PRIMARY KEY (district, "position", rule)
);
CREATE INDEX ring_case ON public.ring USING btree (district, case_id);
CREATE INDEX ring_due ON public.ring USING btree (district, next_at);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE rollup (
  district text NOT NULL,
  basis text NOT NULL,
  hour integer NOT NULL,
  place text NOT NULL,
  kind text NOT NULL,
  unit text NOT NULL,
  counts bigint[] NOT NULL,
  CONSTRAINT rollup_pkey PRIMARY KEY (district, basis, hour, place, kind, unit)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE round (
  district text NOT NULL,
  id text NOT NULL,
  sort text NOT NULL,
  title_zh text NOT NULL,
  title_en text NOT NULL,
  kind text,
  lead_unit text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  basis text NOT NULL,
  items json NOT NULL,
  planned_at timestamp with time zone NOT NULL,
  post text NOT NULL,
  CONSTRAINT round_pkey PRIMARY KEY (district, id)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE round_stop (
  district text NOT NULL,
  round_id text NOT NULL,
  stop text NOT NULL,
  target text NOT NULL,
  layer text,
  unit text NOT NULL,
  CONSTRAINT round_stop_pkey PRIMARY KEY (district, round_id, stop)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE round_visit (
  district text NOT NULL,
  round_id text NOT NULL,
  stop text NOT NULL,
  seq integer NOT NULL,
  at timestamp with time zone NOT NULL,
  unit text NOT NULL,
  post text NOT NULL,
  findings json NOT NULL,
  command_id text NOT NULL,
  CONSTRAINT round_visit_pkey PRIMARY KEY (district, round_id, stop, seq)
);
CREATE UNIQUE INDEX round_visit_command ON public.round_visit USING btree (district, command_id);
-- gezhi_service: INSERT, SELECT

CREATE TABLE ruling (
  district text NOT NULL,
  number integer NOT NULL,
  "position" bigint NOT NULL,
  case_id uuid NOT NULL,
  application text NOT NULL,
  kind text NOT NULL,
  layer text NOT NULL,
  place text NOT NULL,
  from_unit text,
  to_unit text NOT NULL,
  to_post text,
  basis text NOT NULL,
  at timestamp with time zone NOT NULL,
  by_post text NOT NULL,
  final boolean NOT NULL,
  state text NOT NULL,
  applied integer DEFAULT 0 NOT NULL,
  CONSTRAINT ruling_pkey PRIMARY KEY (district, number)
);
CREATE INDEX ruling_line ON public.ruling USING btree (district, kind, layer, place);
CREATE UNIQUE INDEX ruling_position ON public.ruling USING btree (district, "position");
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE ruling_act (
  district text NOT NULL,
  number integer NOT NULL,
  seq integer NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  act text NOT NULL,
  basis text NOT NULL,
  CONSTRAINT ruling_act_pkey PRIMARY KEY (district, number, seq)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE same_pair (
  district text NOT NULL,
  case_id uuid NOT NULL,
  other_id uuid NOT NULL,
  words real NOT NULL,
  within real NOT NULL,
  kind real NOT NULL,
  near real NOT NULL,
  place real NOT NULL,
  fresh real NOT NULL,
  shown_at timestamp with time zone NOT NULL,
  same boolean,
  CONSTRAINT same_pair_pkey PRIMARY KEY (district, case_id, other_id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE same_policy (
  district text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  state text NOT NULL,
  policy jsonb NOT NULL,
  report jsonb NOT NULL,
  CONSTRAINT same_policy_pkey PRIMARY KEY (district, made_at)
);
CREATE UNIQUE INDEX same_policy_adopted ON public.same_policy USING btree (district) WHERE (state = 'adopted'::text);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE sample_drawn (
  district text NOT NULL,
  seed_id text NOT NULL,
  drawn_at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  population_from timestamp with time zone NOT NULL,
  population_to timestamp with time zone NOT NULL,
  size json NOT NULL,
  population text[] NOT NULL,
  drawn text[] NOT NULL,
  CONSTRAINT sample_drawn_pkey PRIMARY KEY (district, seed_id)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE sample_seed (
  district text NOT NULL,
  id text NOT NULL,
  purpose text NOT NULL,
  hash text NOT NULL,
  seed text NOT NULL,
  committed_at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  CONSTRAINT sample_seed_pkey PRIMARY KEY (district, id)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE search (
  district text NOT NULL,
  case_id uuid NOT NULL,
  terms tsvector NOT NULL,
  CONSTRAINT search_pkey PRIMARY KEY (district, case_id)
);
CREATE INDEX search_terms ON public.search USING gin (terms);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE secret (
  name text NOT NULL,
  value bytea NOT NULL,
  CONSTRAINT secret_pkey PRIMARY KEY (name)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE security_event (
  district text NOT NULL,
  id uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  event text NOT NULL,
  account_id text,
  by_account_id text,
  machine bytea,
  detail json NOT NULL,
  CONSTRAINT security_event_pkey PRIMARY KEY (district, id)
);
CREATE INDEX security_event_at ON public.security_event USING btree (district, at);
-- gezhi_service: INSERT, SELECT

CREATE TABLE service_account (
  district text NOT NULL,
  name text NOT NULL,
  post text NOT NULL,
  routes text[] NOT NULL,
  powers text[] NOT NULL,
  kinds text[] NOT NULL,
  places text[] NOT NULL,
  made_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT service_account_pkey PRIMARY KEY (district, name)
);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE service_key (
  district text NOT NULL,
  id text NOT NULL,
  service text NOT NULL,
  hash bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  used_day date,
  revoked_at timestamp with time zone,
  CONSTRAINT service_key_pkey PRIMARY KEY (district, id)
);
CREATE INDEX service_key_service ON public.service_key USING btree (district, service);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE signal (
  district text NOT NULL,
  source text NOT NULL,
  id text NOT NULL,
  type text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  received_at timestamp with time zone NOT NULL,
  case_id uuid NOT NULL,
  number text,
  attributes json,
  CONSTRAINT signal_pkey PRIMARY KEY (district, source, id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE subscription (
  district text NOT NULL,
  id uuid NOT NULL,
  of text NOT NULL,
  is_case boolean NOT NULL,
  number text,
  language text NOT NULL,
  contact bytea NOT NULL,
  made_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  told_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  "position" bigint,
  case_id uuid,
  CONSTRAINT subscription_pkey PRIMARY KEY (district, id)
);
CREATE INDEX subscription_contact ON public.subscription USING btree (district, contact);
CREATE INDEX subscription_due ON public.subscription USING btree (district, next_at) WHERE ("position" IS NOT NULL);
CREATE INDEX subscription_end ON public.subscription USING btree (district, ends_at);
CREATE UNIQUE INDEX subscription_once ON public.subscription USING btree (district, of, contact);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE task_link (
  district text NOT NULL,
  id text NOT NULL,
  case_id uuid NOT NULL,
  task text NOT NULL,
  unit text NOT NULL,
  made_at timestamp with time zone NOT NULL,
  made_by text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  revoked_by text,
  CONSTRAINT task_link_pkey PRIMARY KEY (district, id)
);
CREATE INDEX task_link_case ON public.task_link USING btree (district, case_id);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE theme_part (
  district text NOT NULL,
  theme text NOT NULL,
  part text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL,
  at timestamp with time zone NOT NULL,
  post text NOT NULL,
  person text,
  under text,
  data json NOT NULL,
  CONSTRAINT theme_part_pkey PRIMARY KEY (district, theme, part, id, version)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE told_number (
  district text NOT NULL,
  number text NOT NULL,
  first text NOT NULL,
  CONSTRAINT told_number_pkey PRIMARY KEY (district, number)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE topic_day (
  district text NOT NULL,
  day date NOT NULL,
  id text NOT NULL,
  voices integer NOT NULL,
  people integer NOT NULL,
  heat real NOT NULL,
  CONSTRAINT topic_day_pkey PRIMARY KEY (district, day, id)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE topic_run (
  district text NOT NULL,
  scope text NOT NULL,
  days integer NOT NULL,
  made_at timestamp with time zone NOT NULL,
  from_at timestamp with time zone NOT NULL,
  to_at timestamp with time zone NOT NULL,
  covered_from timestamp with time zone NOT NULL,
  policy text NOT NULL,
  messages integer NOT NULL,
  topics jsonb NOT NULL,
  CONSTRAINT topic_run_pkey PRIMARY KEY (district, scope, days)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE upload_part (
  district text NOT NULL,
  upload text NOT NULL,
  start integer NOT NULL,
  size integer NOT NULL,
  bytes bytea NOT NULL,
  sealed boolean NOT NULL,
  made_at timestamp with time zone NOT NULL,
  CONSTRAINT upload_part_pkey PRIMARY KEY (district, upload, start)
);
CREATE INDEX upload_part_made ON public.upload_part USING btree (district, made_at);
-- gezhi_service: DELETE, INSERT, SELECT

CREATE TABLE upstream_news (
  district text NOT NULL,
  system text NOT NULL,
  number text NOT NULL,
  seq integer NOT NULL,
  at timestamp with time zone NOT NULL,
  what text NOT NULL,
  reason text,
  CONSTRAINT upstream_news_pkey PRIMARY KEY (district, system, number, seq)
);
-- gezhi_service: INSERT, SELECT

CREATE TABLE upstream_order (
  district text NOT NULL,
  system text NOT NULL,
  number text NOT NULL,
  case_id uuid NOT NULL,
  request text NOT NULL,
  words_hash bytea,
  term timestamp with time zone,
  status text,
  urged integer DEFAULT 0 NOT NULL,
  withdrawn boolean DEFAULT false NOT NULL,
  received_at timestamp with time zone NOT NULL,
  updated_at timestamp with time zone NOT NULL,
  CONSTRAINT upstream_order_pkey PRIMARY KEY (district, system, number)
);
CREATE INDEX upstream_order_case ON public.upstream_order USING btree (district, case_id);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE upstream_reply (
  district text NOT NULL,
  id text NOT NULL,
  "position" bigint NOT NULL,
  case_id uuid NOT NULL,
  system text NOT NULL,
  number text NOT NULL,
  what text NOT NULL,
  state text NOT NULL,
  reason text,
  made_at timestamp with time zone NOT NULL,
  next_at timestamp with time zone NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  http_status smallint,
  sent_at timestamp with time zone,
  sent_hash bytea,
  CONSTRAINT upstream_reply_pkey PRIMARY KEY (district, id)
);
CREATE INDEX upstream_reply_due ON public.upstream_reply USING btree (district, next_at) WHERE (state = 'waiting'::text);
CREATE INDEX upstream_reply_lane ON public.upstream_reply USING btree (district, system, number, "position") WHERE (state = 'waiting'::text);
CREATE INDEX upstream_reply_made ON public.upstream_reply USING btree (district, "position", id);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE vault_field (
  district text NOT NULL,
  person text NOT NULL,
  field text NOT NULL,
  sealed bytea NOT NULL,
  lookup bytea,
  CONSTRAINT vault_field_pkey PRIMARY KEY (district, person, field)
);
CREATE INDEX vault_field_lookup ON public.vault_field USING btree (district, lookup) WHERE (lookup IS NOT NULL);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE vault_person (
  district text NOT NULL,
  person text NOT NULL,
  master text,
  sealed_key bytea,
  stored_until timestamp with time zone,
  reason text,
  erased_at timestamp with time zone,
  CONSTRAINT vault_person_pkey PRIMARY KEY (district, person)
);
CREATE INDEX vault_person_master ON public.vault_person USING btree (district, master) WHERE (master IS NOT NULL);
-- gezhi_service: INSERT, SELECT, UPDATE

CREATE TABLE words (
  district text NOT NULL,
  id uuid NOT NULL,
  case_id uuid NOT NULL,
  number text,
  salt bytea NOT NULL,
  said text,
  place_said text,
  same bytea,
  sealed bytea,
  stored_until timestamp with time zone,
  CONSTRAINT words_pkey PRIMARY KEY (district, case_id, id)
);
CREATE INDEX words_clear ON public.words USING btree (district) WHERE ((sealed IS NULL) AND (said <> ''::text));
CREATE INDEX words_number ON public.words USING btree (district, number) WHERE (number IS NOT NULL);
CREATE INDEX words_same ON public.words USING btree (district, same) WHERE (same IS NOT NULL);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE TABLE wrong_code (
  district text NOT NULL,
  number text NOT NULL,
  wrong integer NOT NULL,
  locked_until timestamp with time zone,
  CONSTRAINT wrong_code_pkey PRIMARY KEY (district, number)
);
-- gezhi_service: DELETE, INSERT, SELECT, UPDATE

CREATE OR REPLACE FUNCTION public.first_case_id(at timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
  from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as h) as hex
$function$;

CREATE OR REPLACE FUNCTION public.look_again()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  analyze case_now; analyze request; analyze words; analyze signal; analyze fact; analyze search; analyze rollup;
end $function$;
-- gezhi_service: EXECUTE

CREATE OR REPLACE FUNCTION public.open_fact_month(opened_at timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  month timestamptz := date_trunc('month', opened_at at time zone 'UTC') at time zone 'UTC';
  next_month timestamptz := (date_trunc('month', opened_at at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  name text := 'fact_' || to_char(opened_at at time zone 'UTC', 'YYYY_MM');
begin
  if opened_at < timestamptz '1990-01-01Z' or opened_at > now() + interval '1 day' then
    raise exception 'opening time % is outside 1990 … tomorrow', opened_at using errcode = 'check_violation';
  end if;
  perform pg_advisory_xact_lock(hashtext('gezhi.fact_month'));
  if to_regclass('public.' || name) is null then
    execute format('create table %I partition of fact for values from (%L) to (%L)',
      name, first_case_id(month), first_case_id(next_month));
    execute format('grant select, insert on %I to gezhi_service', name);
  end if;
  return name;
end $function$;
-- gezhi_service: EXECUTE

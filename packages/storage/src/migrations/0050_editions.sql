-- Editions: the published numbers of a period, what happened to each, and what stands behind it. Samples drawn by a seed that was
-- promised. Themes of the month.

-- 1. Editions --------------------------------------------------------------------------------------------------------

-- What happened to an edition, in order: drafted, shown, appealed, voted, frozen, published, revised. Append-only; what it is now is a
-- fold over these.
create table edition_act (
  district text not null,
  edition text not null,
  seq integer not null,
  type text not null,
  at timestamptz not null,
  post text not null,
  person text,
  data json not null,
  primary key (district, edition, seq)
);

-- Each text that an edition ever had: as drafted, as frozen, and every revision, to the byte; never changed.
create table edition_text (
  district text not null,
  edition text not null,
  hash text not null,
  content text not null,
  -- How each request counts; for those measured and the hotline only.
  list text not null,
  -- The cases as they were read, so that the text can be computed again. For the hotline only.
  input text not null,
  primary key (district, edition, hash)
);

-- 2. Samples ---------------------------------------------------------------------------------------------------------

-- A seed, promised by its hash when the row is made; `seed` is told to nobody before it was drawn by.
create table sample_seed (
  district text not null,
  id text not null,
  purpose text not null,
  hash text not null,
  seed text not null,
  committed_at timestamptz not null,
  post text not null,
  person text,
  primary key (district, id)
);

-- What was drawn by it: once, with everything anybody needs to draw it again.
create table sample_drawn (
  district text not null,
  seed_id text not null,
  drawn_at timestamptz not null,
  post text not null,
  person text,
  population_from timestamptz not null,
  population_to timestamptz not null,
  size json not null,
  population text[] not null,
  drawn text[] not null,
  primary key (district, seed_id)
);

-- 3. Themes of the month (每月一题) --------------------------------------------------------------------------------------

-- Theme, its problems, their tasks, policy outputs and public surveys: one row each, under the theme. `part` names what it is; `under`
-- the row it belongs to. A row is written once and again for each change of its state; the newest `version` is what holds.
create table theme_part (
  district text not null,
  theme text not null,
  part text not null,
  id text not null,
  version integer not null,
  at timestamptz not null,
  post text not null,
  person text,
  under text,
  data json not null,
  primary key (district, theme, part, id, version)
);

grant select, insert on edition_act, edition_text, sample_seed, sample_drawn, theme_part to gezhi_service;
revoke update, delete, truncate on edition_act, edition_text, sample_seed, sample_drawn, theme_part from gezhi_service;

-- What the portal counts and lists for a day: worked out from windows by upkeep, never scanned for by a page.
-- Everything here can be made again; only the newest working is kept, so that no difference between two days
-- tells of a record that is no longer shown.
create schema portal;

create table portal.figure_run (
  one boolean primary key default true check (one),
  day date not null,
  law_digest text not null,
  made_at timestamptz not null,
  seconds real not null,
  records bigint not null
);
comment on table portal.figure_run is 'The working that figure, newest and sitemap_part are of: for which day, under which state of the law.';

create table portal.figure (
  region text not null,
  family text not null,
  chart text not null check (chart in ('total', 'month', 'item', 'sector', 'authority')),
  key text not null,
  count bigint not null,
  primary key (region, family, chart, key)
);
comment on table portal.figure is 'Records of organisations shown on the day of the run. * stands for all; ? for not known.';

create table portal.newest (
  list text not null,
  place smallint not null,
  record_id uuid not null,
  opened_on date not null,
  primary key (list, place)
);
comment on table portal.newest is 'Candidates for what is new: whoever shows one asks records first whether it is still shown.';

create table portal.sitemap_part (
  part int primary key,
  from_subject uuid not null,
  subjects int not null,
  changed_on date not null
);
comment on table portal.sitemap_part is 'Parts of the site map: organisations with a unified code, in order of subject_id.';

-- The store's books. The audit is a constraint: no transaction can break it.

create table toystore.toy (
  name text primary key,
  -- Its place in the catalog, from 0.
  position int not null unique,
  price_cents bigint not null check (price_cents >= 0),
  initial bigint not null check (initial >= 0),
  restocked bigint not null default 0 check (restocked >= 0),
  stock bigint not null check (stock >= 0),
  sold bigint not null default 0 check (sold >= 0),
  check (initial + restocked = stock + sold)
) with (fillfactor = 50);

-- The sold-out toys are few: so they are found without reading the others.
create index sold_out on toystore.toy (position) where stock = 0;

create table toystore.orders (
  -- Gap-free, from 0.
  number bigint primary key check (number >= 0),
  key text not null unique,
  toy text not null,
  quantity int not null check (quantity between 1 and 1000000)
);

-- Who was told that too little is in stock: kept for a minute, so that no late copy of the
-- request can buy after its client was told that.
create table toystore.refusal (
  key text primary key,
  toy text not null,
  quantity int not null,
  clock_ms bigint not null
);

create index refusal_age on toystore.refusal (clock_ms);

-- Who is in office. Its one row is written by every turn of the desk in office, and so orders them.
create table toystore.desk (
  one boolean primary key default true check (one),
  -- Counts offices. A turn of another epoch is refused.
  epoch bigint not null default 0,
  -- Counts the connections of this office. What an earlier one has sent is refused.
  line bigint not null default 0,
  -- Counts turns.
  beat bigint not null default 0,
  -- Of the next order: as many orders there are.
  next_number bigint not null default 0,
  -- The clock by which requests have an age. It never goes back.
  clock_ms bigint not null default 0,
  -- How long a cache may be served that the desk in office has allowed.
  session_ms bigint not null default 0,
  -- Which toys at which prices are known to be on offer.
  offer text not null default '',
  -- The connection of the desk in office.
  backend int,
  backend_start timestamptz
) with (fillfactor = 10);

insert into toystore.desk default values;

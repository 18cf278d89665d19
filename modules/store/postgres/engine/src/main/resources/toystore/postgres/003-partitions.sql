-- Orders in partitions by number: one that is full is never written again. A unique index over all
-- partitions would have to contain the number, so the keys have a table of their own.

create table toystore.order_key (key text not null, number bigint not null);

insert into toystore.order_key (key, number) select o.key, o.number from toystore.orders o;

alter table toystore.order_key add primary key (key);

-- The orders of before are the first partition, however many they are.
alter table toystore.orders rename to orders_0;
alter index toystore.orders_pkey rename to orders_0_pkey;
alter table toystore.orders_0 drop constraint orders_key_key;

create table toystore.orders (
  -- Gap-free, from 0.
  number bigint constraint orders_pkey primary key
    constraint orders_number_check check (number >= 0),
  key text not null,
  toy text not null,
  quantity int not null
    constraint orders_quantity_check check (quantity between 1 and 1000000)
) partition by range (number);

alter table toystore.desk
  -- Orders below this number have a partition.
  add column partitioned_to bigint not null default 0;

do $$
begin
  update toystore.desk set partitioned_to = (next_number / 1000000 + 1) * 1000000;
  execute format('alter table toystore.orders attach partition toystore.orders_0
    for values from (0) to (%s)', (select partitioned_to from toystore.desk));
end $$;

-- Partitions for so many orders, and for half a million more: so the next one is there long before
-- the first order needs it. Only for whoever has locked the desk's row.
create function toystore.make_room(p_orders bigint) returns void language plpgsql as $$
declare
  room bigint;
  part text;
begin
  select d.partitioned_to into strict room from toystore.desk d;
  if room >= p_orders + 500000 then
    return;
  end if;
  while room < p_orders + 500000 loop
    part := 'toystore.orders_' || room / 1000000;
    -- Attached, not created as a partition: that would wait for everybody who reads orders.
    execute format('create table %s (like toystore.orders including constraints including indexes)',
      part);
    execute format('alter table toystore.orders attach partition %s for values from (%s) to (%s)',
      part, room, room + 1000000);
    room := room + 1000000;
  end loop;
  update toystore.desk set partitioned_to = room;
end $$;

-- As before, but for the tables.
create or replace function toystore.buy_batch(
  p_next bigint, p_clock_ms bigint, p_restock_to bigint,
  p_keys text[], p_toys text[], p_quantities int[], p_seen bigint[],
  out next_number bigint, out verdicts text[], out numbers bigint[])
language plpgsql as $$
declare
  known record;
  i int;
  verdict text;
  known_number bigint;
  place int;
  -- Of what is sold now, in number order. Written at the end, all at once.
  sold_keys text[] := '{}';
  sold_toys text[] := '{}';
  sold_quantities int[] := '{}';
begin
  perform toystore.make_room(p_next + cardinality(p_keys));
  next_number := p_next;
  verdicts := array_fill(null::text, array[cardinality(p_keys)]);
  numbers := array_fill(-1::bigint, array[cardinality(p_keys)]);
  for i in 1 .. cardinality(p_keys) loop
    select k.number into known_number from toystore.order_key k where k.key = p_keys[i];
    if not found then
      known_number := -1;
      select r.toy, r.quantity into known from toystore.refusal r where r.key = p_keys[i];
    elsif known_number < p_next then
      select o.toy, o.quantity into strict known
        from toystore.orders o where o.number = known_number;
    else
      place := known_number - p_next + 1;
      select sold_toys[place] as toy, sold_quantities[place] as quantity into known;
    end if;
    if found then
      if known.toy <> p_toys[i] or known.quantity <> p_quantities[i] then
        verdict := 'KEY_REUSED';
        known_number := -1;
      elsif known_number < 0 then
        -- Told again: of two copies under way together one would else be decided anew too soon.
        update toystore.refusal r set clock_ms = p_clock_ms where r.key = p_keys[i];
        verdict := 'OUT_OF_STOCK';
      else
        verdict := 'ORDERED';
      end if;
    elsif p_clock_ms - p_seen[i] > 30000 then
      verdict := 'TOO_OLD';
    else
      update toystore.toy t
        set stock = t.stock - p_quantities[i], sold = t.sold + p_quantities[i]
        where t.name = p_toys[i] and t.stock >= p_quantities[i];
      if found then
        insert into toystore.order_key (key, number) values (p_keys[i], next_number);
        sold_keys := sold_keys || p_keys[i];
        sold_toys := sold_toys || p_toys[i];
        sold_quantities := sold_quantities || p_quantities[i];
        verdict := 'ORDERED';
        known_number := next_number;
        next_number := next_number + 1;
      elsif not exists (select from toystore.toy t where t.name = p_toys[i]) then
        verdict := 'NO_SUCH_TOY';
      else
        verdict := 'OUT_OF_STOCK';
        -- More than there will be after any restock: no copy can buy it either.
        if p_quantities[i] <= p_restock_to then
          insert into toystore.refusal
            values (p_keys[i], p_toys[i], p_quantities[i], p_clock_ms);
        end if;
      end if;
    end if;
    verdicts[i] := verdict;
    numbers[i] := known_number;
  end loop;
  if next_number > p_next then
    insert into toystore.orders (number, key, toy, quantity)
      select p_next + s.place - 1, s.key, s.toy, s.quantity
      from unnest(sold_keys, sold_toys, sold_quantities)
        with ordinality s (key, toy, quantity, place);
  end if;
end $$;

-- What a desk may do. Each of these writes the desk's row, so that its answer comes only when the
-- transaction, and all that was written before it, is as durable as this database makes it.

-- Refuses to go on where a commit would not be safe. With 'replicated' that means on a second
-- machine's disk, with 'single' on this one's.
create function toystore.demand_durability(wanted text) returns void language plpgsql as $$
begin
  if current_setting('fsync') <> 'on' or current_setting('full_page_writes') <> 'on' then
    raise exception using errcode = 'TS002',
      message = 'fsync or full_page_writes is off: the database would not survive a crash';
  end if;
  if wanted = 'replicated' then
    if current_setting('synchronous_standby_names') = '' then
      raise exception using errcode = 'TS002',
        message = 'synchronous_standby_names is empty: an order would be on one machine only';
    end if;
    if current_setting('synchronous_commit') not in ('on', 'remote_apply') then
      raise exception using errcode = 'TS002',
        message = 'synchronous_commit is ' || current_setting('synchronous_commit')
          || ': an answer would not wait for the standby''s disk';
    end if;
  elsif wanted = 'single' then
    if current_setting('synchronous_commit') = 'off' then
      raise exception using errcode = 'TS002',
        message = 'synchronous_commit is off: an answer would not wait for the disk';
    end if;
  else
    raise exception 'durability is %', wanted;
  end if;
end $$;

-- Locks the desk's row, for the desk in office on its latest connection only.
create function toystore.demand_office(p_epoch bigint, p_line bigint, p_orders bigint)
returns toystore.desk language plpgsql as $$
declare
  d toystore.desk;
begin
  select * into strict d from toystore.desk for update;
  if d.epoch <> p_epoch or d.line > p_line then
    raise exception using errcode = 'TS001',
      message = 'epoch ' || p_epoch || '.' || p_line || ' is over: it is '
        || d.epoch || '.' || d.line;
  end if;
  if d.next_number < p_orders then
    raise exception using errcode = 'TS002',
      message = 'this database has ' || d.next_number || ' orders, and ' || p_orders
        || ' were acknowledged: it went back in time';
  end if;
  return d;
end $$;

-- Begins a new office, if nobody has done anything since the row was read. No row: somebody has.
create function toystore.take_office(
  p_epoch bigint, p_beat bigint, p_orders bigint, p_session_ms bigint, p_durability text)
returns table (
  epoch bigint, beat bigint, next_number bigint, clock_ms bigint, session_ms bigint, offer text)
language plpgsql as $$
declare
  d toystore.desk;
begin
  perform toystore.demand_durability(p_durability);
  select * into strict d from toystore.desk for update;
  if d.epoch <> p_epoch or d.beat <> p_beat then
    return;
  end if;
  if d.next_number < p_orders then
    raise exception using errcode = 'TS002',
      message = 'this database has ' || d.next_number || ' orders, and ' || p_orders
        || ' were acknowledged: it went back in time';
  end if;
  update toystore.desk t
    set epoch = d.epoch + 1, line = 0, beat = d.beat + 1, session_ms = p_session_ms,
      backend = pg_backend_pid(),
      backend_start = (select a.backend_start from pg_stat_activity a
        where a.pid = pg_backend_pid());
  return query
    select d.epoch + 1, d.beat + 1, d.next_number, d.clock_ms, d.session_ms, d.offer;
end $$;

-- Makes the toys on offer known, in their order, with their prices. A toy that is offered no more
-- stays, because its orders do.
create function toystore.offer_toys(
  p_epoch bigint, p_line bigint, p_orders bigint, p_durability text,
  p_offer text, p_names text[], p_prices bigint[], p_stock bigint)
returns void language plpgsql as $$
begin
  perform toystore.demand_durability(p_durability);
  perform toystore.demand_office(p_epoch, p_line, p_orders);
  update toystore.toy t set price_cents = o.price
    from unnest(p_names, p_prices) o(name, price)
    where t.name = o.name and t.price_cents <> o.price;
  insert into toystore.toy (name, position, price_cents, initial, stock)
    select o.name,
      (select coalesce(max(t.position), -1) from toystore.toy t)
        + row_number() over (order by o.place),
      o.price, p_stock, p_stock
    from unnest(p_names, p_prices) with ordinality o(name, price, place)
    where not exists (select from toystore.toy t where t.name = o.name);
  update toystore.desk set line = p_line, beat = beat + 1, offer = p_offer;
end $$;

-- Decides purchases one after the other; a known key gets its old answer. In this order: sold or
-- refused before, old, no such toy, too little in stock, sold now.
create function toystore.buy_batch(
  p_next bigint, p_clock_ms bigint, p_restock_to bigint,
  p_keys text[], p_toys text[], p_quantities int[], p_seen bigint[],
  out next_number bigint, out verdicts text[], out numbers bigint[])
language plpgsql as $$
declare
  known record;
  i int;
  verdict text;
  number bigint;
begin
  next_number := p_next;
  verdicts := array_fill(null::text, array[cardinality(p_keys)]);
  numbers := array_fill(-1::bigint, array[cardinality(p_keys)]);
  for i in 1 .. cardinality(p_keys) loop
    number := -1;
    select o.number, o.toy, o.quantity into known
      from toystore.orders o where o.key = p_keys[i];
    if not found then
      select -1::bigint as number, r.toy, r.quantity into known
        from toystore.refusal r where r.key = p_keys[i];
    end if;
    if found then
      if known.toy <> p_toys[i] or known.quantity <> p_quantities[i] then
        verdict := 'KEY_REUSED';
      elsif known.number < 0 then
        -- Told again: of two copies under way together one would else be decided anew too soon.
        update toystore.refusal r set clock_ms = p_clock_ms where r.key = p_keys[i];
        verdict := 'OUT_OF_STOCK';
      else
        verdict := 'ORDERED';
        number := known.number;
      end if;
    elsif p_clock_ms - p_seen[i] > 30000 then
      verdict := 'TOO_OLD';
    else
      update toystore.toy t
        set stock = t.stock - p_quantities[i], sold = t.sold + p_quantities[i]
        where t.name = p_toys[i] and t.stock >= p_quantities[i];
      if found then
        insert into toystore.orders values (next_number, p_keys[i], p_toys[i], p_quantities[i]);
        verdict := 'ORDERED';
        number := next_number;
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
    numbers[i] := number;
  end loop;
end $$;

-- One turn of the desk in office: restocks, decides purchases, and then reads.
create function toystore.turn(
  p_epoch bigint, p_line bigint, p_orders bigint, p_durability text, p_clock_ms bigint,
  p_keys text[], p_toys text[], p_quantities int[], p_seen bigint[],
  p_numbers bigint[], p_names text[], p_all boolean,
  p_restock text[], p_restock_to bigint, p_wants_sold_out boolean)
returns table (
  beat bigint, next_number bigint, verdicts text[], bought bigint[],
  found_toys text[], found_quantities int[],
  names text[], prices bigint[], stocks bigint[], sold_out text[])
language plpgsql as $$
declare
  d toystore.desk;
  clock bigint;
begin
  perform toystore.demand_durability(p_durability);
  d := toystore.demand_office(p_epoch, p_line, p_orders);
  clock := greatest(d.clock_ms, p_clock_ms);
  beat := d.beat + 1;
  next_number := d.next_number;
  if cardinality(p_restock) > 0 then
    update toystore.toy t set stock = p_restock_to, restocked = t.restocked + p_restock_to
      where t.name = any (p_restock) and t.stock = 0;
  end if;
  if cardinality(p_keys) > 0 then
    select b.next_number, b.verdicts, b.numbers into next_number, verdicts, bought
      from toystore.buy_batch(
        d.next_number, clock, p_restock_to, p_keys, p_toys, p_quantities, p_seen) b;
  end if;
  if cardinality(p_numbers) > 0 then
    select array_agg(o.toy order by w.place), array_agg(o.quantity order by w.place)
      into found_toys, found_quantities
      from unnest(p_numbers) with ordinality w(number, place)
      left join toystore.orders o on o.number = w.number;
  end if;
  if p_all then
    select array_agg(t.name order by t.position), array_agg(t.price_cents order by t.position),
        array_agg(t.stock order by t.position)
      into names, prices, stocks from toystore.toy t;
  elsif cardinality(p_names) > 0 then
    select array_agg(t.name), array_agg(t.price_cents), array_agg(t.stock)
      into names, prices, stocks from toystore.toy t where t.name = any (p_names);
  end if;
  if p_wants_sold_out then
    select array_agg(s.name) into sold_out
      from (select t.name from toystore.toy t where t.stock = 0 order by t.position limit 1000) s;
    delete from toystore.refusal r where r.clock_ms < clock - 60000;
  end if;
  update toystore.desk t
    set line = p_line, beat = turn.beat, next_number = turn.next_number, clock_ms = clock,
      backend = case when d.line = p_line then d.backend else pg_backend_pid() end,
      backend_start = case when d.line = p_line then d.backend_start else
        (select a.backend_start from pg_stat_activity a where a.pid = pg_backend_pid()) end;
  return next;
end $$;

-- What a desk that stands by looks at. Nobody is answered from it.
create function toystore.look()
returns table (epoch bigint, beat bigint, next_number bigint, connected boolean)
language sql stable as $$
  select d.epoch, d.beat, d.next_number,
    exists (select from pg_stat_activity a
      where a.pid = d.backend and a.backend_start = d.backend_start)
  from toystore.desk d
$$;

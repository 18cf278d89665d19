// The shop, one order, and the cluster, all by the public API.

const REFRESH_MS = 1000;
const byId = (id) => document.getElementById(id);

async function call(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error.message);
  }
  return body.data;
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

function say(id, text, good) {
  const place = byId(id);
  place.textContent = text;
  place.className = good ? 'good' : 'bad';
}

// Cards are updated in place: a button that was just reached must not be replaced under the finger.
function card(list, key, make) {
  for (const child of list.children) {
    if (child.dataset.key === key) {
      return child;
    }
  }
  const made = make();
  made.dataset.key = key;
  list.append(made);
  return made;
}

function toyCard(toy) {
  const item = document.createElement('li');
  const buy = element('button', 'Buy one');
  buy.type = 'button';
  buy.setAttribute('aria-label', `Buy one ${toy.name}`);
  buy.addEventListener('click', () => purchase(toy.name, buy));
  item.append(element('strong', toy.name), element('span', ''), element('span', '', 'quiet'), buy);
  return item;
}

async function showToys() {
  const list = byId('shop');
  for (const toy of await call('/products')) {
    const [, price, stock, buy] = card(list, toy.name, () => toyCard(toy)).children;
    price.textContent = `$${toy.price.toFixed(2)}`;
    stock.textContent = toy.quantity > 0 ? `${toy.quantity} in stock` : 'sold out';
    buy.disabled = toy.quantity === 0;
  }
}

async function purchase(name, button) {
  button.disabled = true;
  // One key for one click: the browser's own retries buy nothing twice.
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
  try {
    const data = await call('/orders', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
      body: JSON.stringify({name, quantity: 1}),
    });
    say('message', `Bought one ${name}: order ${data.order_number}.`, true);
    byId('number').value = data.order_number;
    await showToys();
  } catch (failure) {
    say('message', `${name}: ${failure.message}`, false);
  } finally {
    button.disabled = false;
  }
}

async function findOrder(event) {
  event.preventDefault();
  const number = byId('number').value.trim();
  try {
    const order = await call(`/orders/${encodeURIComponent(number)}`);
    say('order', `Order ${order.number}: ${order.quantity} × ${order.name}`, true);
  } catch (failure) {
    say('order', `Order ${number}: ${failure.message}`, false);
  }
}

function serviceCard() {
  const item = document.createElement('li');
  item.append(element('strong', ''), element('span', ''), element('span', '', 'quiet'), element('span', '', 'quiet'));
  return item;
}

function showService(name, state, isLeader, first, second) {
  const item = card(byId('cluster'), name, serviceCard);
  const [title, condition, line, more] = item.children;
  item.className = isLeader ? 'leader' : '';
  title.textContent = name;
  condition.textContent = state;
  condition.className = state.startsWith('live') ? 'good' : 'bad';
  line.textContent = first;
  more.textContent = second;
}

async function showCluster() {
  const status = await call('/status');
  byId('summary').textContent = status.serving
    ? `Open. order-${status.leader} leads in epoch ${status.epoch}.`
    : 'No orders at the moment.';
  for (const replica of status.replicas) {
    const isLeader = replica.service === `order-${status.leader}`;
    showService(
      replica.service,
      replica.role ? `${replica.state}, ${replica.role}` : replica.state,
      isLeader,
      replica.epoch ? `epoch ${replica.epoch}, log position ${replica.lastPosition}` : 'not seen yet',
      replica.behindBy ? `behind by ${replica.behindBy}` : replica.epoch ? 'level' : '',
    );
  }
  showService('catalog', status.catalog, false, '', '');
  const cache = status.cache;
  showService(
    'front-end',
    'live',
    false,
    cache.enabled ? `cache ${cache.size} of ${cache.capacity} toys` : 'cache off',
    cache.enabled ? `hit ratio ${(100 * cache.hitRatio).toFixed(1)} %` : '',
  );
}

async function refresh() {
  try {
    await showCluster();
    if (!document.hidden) {
      await showToys();
    }
  } catch (failure) {
    byId('summary').textContent = `The store does not answer: ${failure.message}`;
  } finally {
    setTimeout(refresh, REFRESH_MS);
  }
}

byId('lookup').addEventListener('submit', findOrder);
refresh();

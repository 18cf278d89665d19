// The shop: shows what the stock feed tells, and buys.

import {buy, call, listen, newKey} from '/common/api.js';
import {byId, element, say} from '/common/dom.js';
import {myOrders, remember} from '/shop/orders.js';
import {picture, wash} from '/shop/pictures.js';

const FEW = 5;
const MOST = 1_000_000;
/** A change of leader takes less: nobody need hear of it. */
const PATIENCE_MS = 2500;

const money = (amount) => `$${amount.toFixed(2)}`;

/** By name: what the store said of each toy, and its card. */
const toys = new Map();
let restockAt = null;
let closedSince = null;
let lost = false;

function show(news) {
  lost = false;
  closedSince = news.open ? null : (closedSince ?? Date.now());
  restockAt = news.restock_in_ms === null ? null : Date.now() + news.restock_in_ms;
  const added = [];
  for (const toy of news.toys) {
    const known = toys.get(toy.name);
    if (known) {
      update(known, toy);
    } else {
      const made = card(toy);
      toys.set(toy.name, made);
      added.push(made.place);
    }
  }
  if (added.length > 0) {
    byId('shelf').append(...added);
    search();
  }
  clock();
}

function card(toy) {
  const {name} = toy;
  const stock = element('p', {class: 'stock figure'});
  const price = element('span', {class: 'price figure'});
  const quantity = element('input', {type: 'number', value: 1, min: 1, max: MOST, step: 1, 'aria-label': `Quantity of ${name}`});
  const step = (by) => () => (quantity.value = Math.max(1, Math.min(MOST, (quantity.valueAsNumber || 1) + by)));
  const less = element('button', {type: 'button', 'aria-label': `Fewer ${name}`, onclick: step(-1)}, '−');
  const more = element('button', {type: 'button', 'aria-label': `More ${name}`, onclick: step(1)}, '+');
  const submit = element('button', {class: 'primary', 'aria-label': `Buy ${name}`}, 'Buy');
  const form = element('form', {class: 'buy', novalidate: true}, less, quantity, more, submit);
  const place = element(
    'li',
    {class: `toy card ${wash(name)}`},
    picture(name),
    element('div', {class: 'about'}, element('h2', {}, name), price, stock),
    form,
  );
  const made = {place, stock, price, quantity, submit, buttons: [less, more]};
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    order(made);
  });
  update(made, toy);
  return made;
}

function update(known, toy) {
  const fell = known.toy && toy.quantity < known.toy.quantity;
  known.toy = toy;
  say(known.price, money(toy.price));
  showStock(known);
  if (fell) {
    known.stock.classList.remove('fell');
    void known.stock.offsetWidth; // Begins the animation anew.
    known.stock.classList.add('fell');
  }
}

function showStock(known) {
  const {quantity} = known.toy;
  const sold = quantity === 0;
  known.place.classList.toggle('gone', sold);
  known.stock.className = `stock figure ${sold ? 'none' : quantity <= FEW ? 'few' : ''}`;
  if (sold) {
    known.stock.replaceChildren('Sold out', element('small', {}, restock()));
  } else {
    say(known.stock, quantity <= FEW ? `Only ${quantity} left` : `${quantity} in stock`);
  }
  for (const part of [known.submit, known.quantity, ...known.buttons]) {
    // Not while busy: it would lose the focus.
    part.disabled = sold;
  }
}

function restock() {
  const seconds = restockAt === null ? null : Math.ceil((restockAt - Date.now()) / 1000);
  if (seconds === null) {
    return 'Restocked soon';
  }
  const time = seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return seconds > 0 ? `Next restock check in ${time}` : 'Being restocked…';
}

function clock() {
  for (const known of toys.values()) {
    if (known.toy.quantity === 0) {
      say(known.stock.querySelector('small'), restock());
    }
  }
  const closed = lost || (closedSince !== null && Date.now() - closedSince > PATIENCE_MS);
  byId('closed').hidden = !closed;
  if (closed) {
    say(byId('closed'), lost
      ? 'The store does not answer. This page keeps trying, and goes on by itself when the store is back.'
      : 'The store takes no orders at the moment. Nothing is lost; this page goes on by itself when it does.');
  }
  const [kind, word] = closed ? ['bad', 'Closed'] : closedSince === null && toys.size > 0 ? ['good', 'Open'] : ['', 'Looking…'];
  byId('live').className = `chip ${kind}`;
  say(byId('live'), word);
}

/** One purchase has one key, and its retries have the same. */
async function order(known, key = newKey(), quantity = known.quantity.valueAsNumber) {
  if (known.busy) return;
  const {name, price} = known.toy;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > MOST) {
    answer('warn', `How many? A whole number from 1 to ${MOST.toLocaleString('en')}. Nothing was bought.`);
    return;
  }
  known.busy = true;
  known.submit.setAttribute('aria-busy', 'true');
  const slow = setTimeout(() => answer('', `Buying ${quantity} × ${name}… This takes longer than usual.`), 700);
  try {
    const bought = await buy(key, name, quantity);
    remember({number: bought.order_number, name, quantity, price, at: Date.now()});
    showMine();
    answer('good', `Thank you! You bought ${quantity} × ${name} for ${money(price * quantity)}. Your order number is ${bought.order_number}.`);
    known.quantity.value = 1;
  } catch (refusal) {
    refused(refusal, known, key, quantity);
  } finally {
    clearTimeout(slow);
    known.busy = false;
    known.submit.removeAttribute('aria-busy');
  }
}

function refused({status, message}, known, key, quantity) {
  const {name} = known.toy;
  const again = ['Try again', () => order(known, key, quantity)];
  if (status === 409) {
    const left = known.toy.quantity;
    answer('warn', left > 0 && left < quantity
      ? `There are only ${left} × ${name}. Nothing was bought: take fewer.`
      : `${name} is sold out, or was just now. Nothing was bought. ${restock()}.`);
  } else if (status === 503 || status === 0) {
    answer('bad', `${status ? 'The store could not answer in time' : 'No answer came'}, so it is not known yet whether you bought ${quantity} × ${name}. Try again: it is the same purchase, and nothing is bought twice.`, again);
  } else if (status === 429) {
    answer('warn', 'Too many requests came from your address. Nothing was bought: wait a second.', again);
  } else {
    answer('bad', `Nothing was bought: ${message}.`);
  }
}

function answer(kind, text, action) {
  const close = () => byId('answer').replaceChildren();
  byId('answer').replaceChildren(
    element(
      'div',
      {class: `notice ${kind}`},
      element('p', {}, text),
      action ? element('button', {type: 'button', onclick: () => (close(), action[1]())}, action[0]) : null,
      element('button', {type: 'button', onclick: close}, 'Close'),
    ),
  );
}

function showMine() {
  const orders = myOrders();
  byId('none').hidden = orders.length > 0;
  byId('mine').replaceChildren(
    ...orders.map((each) =>
      element(
        'li',
        {},
        element('span', {class: 'figure quiet'}, `No. ${each.number}`),
        element('span', {}, `${each.quantity} × ${each.name}`),
        element('span', {class: 'figure'}, money(each.price * each.quantity)),
      ),
    ),
  );
}

async function find(event) {
  event.preventDefault();
  const number = byId('number').value.trim();
  const tell = (kind, text) => {
    byId('order').className = `notice ${kind}`;
    say(byId('order'), text);
  };
  try {
    const found = await call(`/orders/${encodeURIComponent(number)}`);
    tell('good', `Order ${found.number}: ${found.quantity} × ${found.name}.`);
  } catch ({status, message}) {
    tell(status === 404 ? 'warn' : 'bad', status === 404
      ? `There is no order ${number}.`
      : status === 503 || status === 0
        ? 'The store cannot look it up at the moment. No order is lost: ask again soon.'
        : `That did not work: ${message}.`);
  }
}

function search() {
  const wanted = byId('search').value.trim().toLowerCase();
  let found = 0;
  for (const [name, {place}] of toys) {
    place.hidden = !name.toLowerCase().includes(wanted);
    found += place.hidden ? 0 : 1;
  }
  say(byId('found'), wanted === '' ? '' : found === 0 ? `No toy is called “${wanted}”.` : `${found} of ${toys.size} toys`);
}

byId('search').addEventListener('input', search);
byId('find').addEventListener('submit', find);
addEventListener('storage', showMine);
showMine();
setInterval(clock, 1000);
listen('/stock', show, () => {
  lost = true;
  clock();
});

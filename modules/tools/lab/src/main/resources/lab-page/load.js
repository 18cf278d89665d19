// The load: simulated clients in this page, which use the public API as any client does.
import { buy, call, newKey } from '/common/api.js';
import { element, say } from '/common/dom.js';

/** What a client waits between two requests; by chance, so that they do not march in step. */
const PAUSE_MS = [50, 150];
/** After a failure it waits longer: a store in trouble is not to be hammered. */
const AFTER_FAILURE_MS = 500;
const SOLD_OUT = 409;

const number = new Intl.NumberFormat('en');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const anyOf = (list) => list[Math.floor(Math.random() * list.length)];

let wanted = 0;
let running = 0;
let share = 0.2;
let toys = [];

async function purchase(load, facts, toy) {
  const begin = performance.now();
  try {
    const { order_number: order } = await buy(newKey(), toy, 1);
    load.bought++;
    facts.purchases.push({ order, at: performance.now() });
    if (facts.purchases.length > 100) facts.purchases.shift();
  } catch (refusal) {
    if (refusal.status !== SOLD_OUT) throw refusal;
    load.soldOut++;
  } finally {
    load.slowestMs = Math.max(load.slowestMs, performance.now() - begin);
  }
}

async function once(load, facts) {
  const toy = await call(`/products/${encodeURIComponent(anyOf(toys))}`);
  load.asked++;
  facts.reads++;
  if (toy.quantity > 0 && Math.random() < share) await purchase(load, facts, toy.name);
}

/** One simulated client; it ends when fewer are wanted. */
async function client(load, facts) {
  running++;
  while (running <= wanted) {
    try {
      if (!toys.length) toys = (await call('/products')).map((toy) => toy.name);
      await once(load, facts);
      await pause(PAUSE_MS[0] + Math.random() * (PAUSE_MS[1] - PAUSE_MS[0]));
    } catch (refusal) {
      load.failed++;
      load.lastFailure = refusal.status ? `${refusal.status}: ${refusal.message}` : refusal.message;
      await pause(AFTER_FAILURE_MS);
    }
  }
  running--;
}

function slider(id, label, min, max, value, words, onChange) {
  const shown = element('output', { for: id }, words(value));
  const range = element('input', { id, type: 'range', min, max, value,
    oninput: () => {
      say(shown, words(Number(range.value)));
      onChange(Number(range.value));
    } });
  return element('div', { class: 'slider' }, element('label', { for: id }, label), range, shown);
}

/** The part of the panel; facts.load has what came of it since it was started. */
export function loadPart(facts, audit) {
  let clients = 8;
  facts.load = { on: false, asked: 0, bought: 0, soldOut: 0, failed: 0, slowestMs: 0, lastFailure: '' };
  const { load } = facts;
  const figures = element('p', { id: 'load-figures' }, 'Nobody is shopping from this page.');
  const said = element('p', { id: 'by-hand', role: 'status' });

  const fill = () => {
    for (let at = running; at < wanted; at++) client(load, facts);
  };
  const button = element('button', { type: 'button', class: 'primary', 'aria-pressed': 'false',
    onclick: () => {
      load.on = !load.on;
      wanted = load.on ? clients : 0;
      if (load.on) Object.assign(load, { asked: 0, bought: 0, soldOut: 0, failed: 0, slowestMs: 0 });
      fill();
      button.setAttribute('aria-pressed', String(load.on));
      say(button, load.on ? 'Stop the load' : 'Start the load');
    } }, 'Start the load');

  const byHand = async (work) => {
    try {
      say(said, await work());
    } catch (refusal) {
      say(said, refusal.status ? `${refusal.status}: ${refusal.message}.` : `${refusal.message}.`);
    }
  };
  const look = () => byHand(async () => {
    const toy = await call('/products/Tux');
    facts.reads++;
    return `Tux: ${toy.quantity} in stock.`;
  });
  const buyOne = () => byHand(async () => {
    const { order_number: order } = await buy(newKey(), 'Tux', 1);
    facts.purchases.push({ order, at: performance.now(), byHand: true });
    return `You bought 1 Tux: order ${order}.`;
  });

  setInterval(() => {
    if (load.asked + load.failed > 0) {
      say(figures, `${number.format(load.asked)} asked, ${number.format(load.bought)} bought, ${number.format(load.failed)} failed`
        + (load.slowestMs ? `; slowest purchase ${number.format(Math.round(load.slowestMs))} ms` : '')
        + (load.failed ? `. Last failure: ${load.lastFailure}` : '.'));
    }
  }, 250);

  return element('section', { 'aria-labelledby': 'load-title' },
    element('h2', { id: 'load-title' }, 'Shop'),
    element('div', { class: 'row' },
      element('button', { type: 'button', onclick: look }, 'Look at Tux'),
      element('button', { type: 'button', onclick: buyOne }, 'Buy 1 Tux'), audit),
    said,
    slider('clients', 'Clients', 1, 64, clients, (count) => `${count}`, (count) => {
      clients = count;
      if (load.on) {
        wanted = count;
        fill();
      }
    }),
    slider('share', 'Buying', 0, 100, 100 * share, (percent) => `${percent}%`, (percent) => {
      share = percent / 100;
    }),
    element('div', { class: 'row' }, button),
    figures);
}

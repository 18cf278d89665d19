// The lab: a panel beside the console, with buttons that break the store, a load, and the tour.
import { place } from '/common/api.js';
import { element, say } from '/common/dom.js';
import { store } from '/console/console.js';
import { stateOf } from '/console/picture.js';
import { loadPart } from './load.js';
import { tourPart } from './tour.js';

const TOKEN = document.querySelector('meta[name=lab-token]').content;
const POLL_MS = 1000;
/** So long a button that has changed its meaning is deaf: whoever presses twice means the first. */
const DEAF_MS = 800;

/** What happened on this page, for the tour; times are of performance.now(). */
export const facts = { acts: [], audit: null, purchases: [], reads: 0, load: null };

const services = new Map();
const rows = new Map();
const pending = new Set();
const changedAt = new Map();
let contact = true;

async function call(method, path) {
  let answer;
  let body;
  try {
    answer = await fetch(`/lab/calls/${path}`, { method, headers: { 'Toystore-Lab-Token': TOKEN } });
    body = await answer.json();
  } catch {
    contact = false;
    throw new Error('No contact with the lab. bin/toystore up --lab starts it again; then load this page anew.');
  }
  contact = true;
  if (!answer.ok) throw new Error(body.error?.message ?? `status ${answer.status}`);
  return body.data;
}

const outcome = element('p', { id: 'outcome', role: 'status', class: 'notice' }, 'Nothing was broken yet.');

function tell(text, level) {
  outcome.className = `notice ${level}`;
  outcome.textContent = text;
}

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!]$/.test(text) ? '' : '.'}`;
const leader = () => (store.lead?.leader ? `order-${store.lead.leader}` : null);

/** What to look at now. */
function hint(service, action, led) {
  if (action === 'heal' || action === 'resume') return led ? '' : ' Watch what it has missed.';
  if (action === 'start') return service.startsWith('order') ? ' Watch its log fill.' : '';
  if (led) return ' It led: watch the crown.';
  if (service === 'catalog') return ' Watch purchases wait.';
  if (service.startsWith('front-end')) return ' This page has lost its news; the lab has not.';
  return ' Watch the store go on.';
}

async function act(service, action) {
  if (pending.has(service)) return;
  const led = leader() === service;
  pending.add(service);
  tell(action === 'start' ? `${service} is starting.` : `${service}: ${action}.`, '');
  draw();
  try {
    const done = await call('POST', `services/${service}/${action}`);
    facts.acts.push({ service, action, led, at: performance.now() });
    tell(done.outcome + hint(service, action, led), action === 'kill' || action === 'cut' || action === 'pause' ? 'warn' : 'good');
  } catch (refusal) {
    tell(sentence(refusal.message), 'bad');
  }
  pending.delete(service);
  changedAt.set(service, performance.now());
  await look();
  setTimeout(draw, DEAF_MS + 20);
}

/** The three buttons of a service; each does the one thing that makes sense now. */
function buttonsOf({ state, cut, busy }) {
  const why = busy ? `${busy} is under way` : contact ? '' : 'no contact with the lab';
  return [
    state === 'down' ? ['start', 'Start', why] : ['kill', 'Kill', why],
    state === 'paused'
      ? ['resume', 'Resume', why]
      : ['pause', 'Pause', why || (state === 'down' ? 'it is down' : '')],
    cut ? ['heal', 'Connect', why] : ['cut', 'Cut', why],
  ];
}

function row(name) {
  const state = element('span', { class: 'state' });
  const buttons = Array.from({ length: 3 }, () => {
    const button = element('button', { type: 'button' });
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') act(name, button.dataset.action);
    });
    return button;
  });
  const line = element('li', { 'data-service': name }, element('b', {}, name), state,
    element('span', { class: 'buttons', role: 'group', 'aria-label': name }, ...buttons));
  list.append(line);
  const made = { line, state, buttons };
  rows.set(name, made);
  return made;
}

/** By the store's own word where it has one, and by what the lab knows of the process. */
function wordOf({ service, state, cut }) {
  if (state !== 'live') return [state, state === 'down' ? 'bad' : 'warn'];
  if (cut) return ['cut off', 'warn'];
  const id = Number(service.match(/^order-(\d)$/)?.[1]);
  const replica = store.replicas.get(id);
  if (!replica || !store.contact) return ['live', 'good'];
  const [shape, word] = stateOf(replica, store.lead, store.logs.get(id));
  return [shape === 'leading' ? '\u265B leads' : word, shape === 'live' || shape === 'leading' ? 'good' : 'warn'];
}

function draw() {
  for (const service of services.values()) {
    const { state, buttons, line } = rows.get(service.service) ?? row(service.service);
    const [word, level] = wordOf(service);
    say(state, word);
    state.dataset.level = level;
    line.dataset.state = service.state;
    const isDeaf = performance.now() - (changedAt.get(service.service) ?? -DEAF_MS) < DEAF_MS;
    buttonsOf(service).forEach(([action, label, reason], at) => {
      const button = buttons[at];
      const because = reason || (pending.has(service.service) ? 'the lab is at work on it' : '');
      say(button, label);
      button.dataset.action = action;
      button.title = because ? `${label} is not possible: ${because}` : `${label} ${service.service}`;
      button.setAttribute('aria-label', because ? `${label} ${service.service}: ${because}` : `${label} ${service.service}`);
      // Not "disabled": the focus stays, and who hears the page learns the reason.
      button.setAttribute('aria-disabled', String(Boolean(because) || isDeaf));
    });
  }
}

async function look() {
  try {
    const now = await call('GET', 'services');
    now.services.forEach((service) => services.set(service.service, service));
    if (outcome.dataset.lost) {
      delete outcome.dataset.lost;
      tell('The lab answers again.', 'good');
    }
  } catch (refusal) {
    outcome.dataset.lost = 'yes';
    tell(sentence(refusal.message), 'bad');
  }
  draw();
}

async function watch() {
  await look();
  setTimeout(watch, POLL_MS);
}

async function audit() {
  auditButton.setAttribute('aria-disabled', 'true');
  tell('The audit waits until the store is at rest.', '');
  try {
    facts.audit = await call('POST', 'audit');
    facts.audit.at = performance.now();
    const { verdict, orders, findings } = facts.audit;
    if (verdict === 'holds') {
      tell(`The audit holds: ${orders} orders, the same on every replica, and for each toy initial + restocked = in stock + held + sold.`, 'good');
    } else {
      tell(`The audit says: ${verdict}. ${findings.join(' ')}`, verdict === 'broken' ? 'bad' : 'warn');
    }
  } catch (refusal) {
    tell(sentence(refusal.message), 'bad');
  }
  auditButton.removeAttribute('aria-disabled');
}

const list = element('ul', { id: 'services' });
const auditButton = element('button', {
  type: 'button',
  onclick: () => auditButton.getAttribute('aria-disabled') !== 'true' && audit(),
}, 'Audit');
const panel = element('aside', { id: 'lab', 'aria-label': 'Lab' },
  tourPart(facts),
  element('section', { 'aria-labelledby': 'break-title' },
    element('h2', { id: 'break-title' }, 'Break it'), list, outcome),
  loadPart(facts, auditButton));
document.body.classList.add('with-lab');
document.querySelector('main').before(panel);
document.querySelector('.brand').href = `${place}/`;
document.querySelector('.bar nav a').href = `${place}/`;
document.title = document.title.replace('Console', 'Lab');
watch();
setInterval(draw, 250);

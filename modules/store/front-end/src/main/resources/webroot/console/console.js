// Keeps the latest state of the store, as the feed at /console/events tells it, and has the parts
// of the page drawn from it. The page works out nothing that the store has not said.
import { place } from '/common/api.js';
import { say } from '/common/dom.js';
import { drawPicture, hasDesks, nameOf } from './picture.js';
import { drawLogs } from './logs.js';
import { drawStory } from './story.js';
import { drawShelves } from './shelves.js';

const SILENCE_MS = 3000;
const FRAME_MS = 100;
const KEPT_SECONDS = 120;
const KEPT_EVENTS = 60;

export const store = {
  lead: null,
  replicas: new Map(),
  logs: new Map(),
  entries: new Map(),
  catalog: null,
  toys: new Map(),
  caches: [],
  seconds: new Map(),
  story: new Map(),
  contact: false,
  aheadMs: 0,
};

let heardAt = performance.now();
let dirty = true;
let drawnAt = 0;

/** Time of day at the front-end. */
export const storeNow = () => Date.now() + store.aheadMs;

function putAll(map, rows, key) {
  rows?.forEach((row) => map.set(key(row), row));
}

function take(part) {
  store.lead = part.lead ?? store.lead;
  store.catalog = part.catalog ?? store.catalog;
  store.caches = part.caches ?? store.caches;
  putAll(store.replicas, part.replicas, (row) => row.id);
  putAll(store.entries, part.entries, (row) => `${row.epoch}@${row.index}`);
  putAll(store.toys, part.toys, (row) => row.toy);
  putAll(store.seconds, part.seconds, (row) => row.atMs);
  putAll(store.story, part.story, (row) => row.id);
  for (const [id] of store.replicas) {
    if (part[`log-${id}`]) store.logs.set(id, part[`log-${id}`]);
  }
  forget();
  heardAt = performance.now();
  store.contact = true;
  dirty = true;
}

function takeAll(state) {
  [store.replicas, store.logs, store.entries, store.toys, store.seconds, store.story]
    .forEach((map) => map.clear());
  store.aheadMs = state.now - Date.now();
  take(state);
}

/** What no strip and no chart shows any more. */
function forget() {
  const runs = [...store.logs.values()].flatMap((log) => log.runs);
  for (const [key, { index }] of store.entries) {
    if (!runs.some((run) => run.first <= index && index <= run.last)) store.entries.delete(key);
  }
  while (store.seconds.size > KEPT_SECONDS) store.seconds.delete(store.seconds.keys().next().value);
  while (store.story.size > KEPT_EVENTS) store.story.delete(store.story.keys().next().value);
}

function connect() {
  const source = new EventSource(`${place}/console/events`);
  source.addEventListener('state', (event) => takeAll(JSON.parse(event.data)));
  source.addEventListener('change', (event) => take(JSON.parse(event.data)));
  source.onerror = () => {
    heardAt = Math.min(heardAt, performance.now() - SILENCE_MS);
    // A browser tries again by itself, but not after an answer such as 503.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

const LOST = ['down', 'silent'];

/** One sentence a stranger understands, and how bad it is. */
export function verdict() {
  const { lead, replicas, contact } = store;
  if (!contact) return ['bad', 'No contact with the front-end: what is shown is old. Trying again.'];
  if (!lead) return ['wait', 'Waiting for the first news from the store.'];
  const isDesks = hasDesks(lead);
  const name = (id) => nameOf(id, lead);
  const counter = lead.epoch?.split('.')[0];
  const term = lead.engine === 'raft' ? `term ${counter}` : `epoch ${isDesks ? counter : lead.epoch}`;
  const leads = `${name(lead.leader)} ${isDesks ? 'is in office' : 'leads'} in ${term}`;
  const losses = [...replicas.values()].filter((row) => LOST.includes(row.state))
    .map((row) => `${name(row.id)} is ${row.state}.`).join(' ');
  const comers = [...replicas.values()].filter((row) => /catching|rebuild/.test(row.role ?? ''))
    .map((row) => `${name(row.id)} is catching up.`).join(' ');
  if (!isDesks && lead.catalog !== 'live' && lead.catalog !== 'unknown') {
    return ['bad', `The catalog is ${lead.catalog}: purchases wait. ${losses}`];
  }
  if (!lead.leader) {
    const who = lead.awaited ? `${name(lead.awaited)} is taking over`
      : isDesks ? 'one takes over soon' : 'one is being chosen';
    return ['bad', `${isDesks ? 'No desk is in office' : 'No leader'}: ${who}, purchases wait. ${losses}`];
  }
  if (!lead.serving) {
    const why = isDesks && lead.database !== 'live' ? ', and the database does not answer' : '';
    return ['bad', `${leads}${why}${why ? ':' : ', but'} purchases wait. ${losses}`];
  }
  const rest = `${losses} ${comers}`.trim();
  return [
    rest ? 'warn' : 'good',
    `${leads}. ${rest || 'All is well.'}${losses ? ' The store goes on selling.' : ''}`,
  ];
}

/** Of desks on a database there are no logs to see, and no catalog. */
function showParts() {
  const isDesks = hasDesks(store.lead);
  for (const part of ['logs', 'catalog']) document.getElementById(part).hidden = isDesks;
  if (!isDesks) drawLogs(store);
}

function drawVerdict() {
  const [level, text] = verdict();
  const place = document.getElementById('verdict');
  say(place, text);
  place.dataset.level = level;
  document.body.dataset.contact = store.contact ? 'yes' : 'none';
  document.title = `${level === 'good' ? '' : '(!) '}Console - toystore`;
}

function draw(now) {
  requestAnimationFrame(draw);
  const silent = now - heardAt > SILENCE_MS;
  if (silent === store.contact && (store.lead || silent)) {
    store.contact = !silent;
    dirty = true;
  }
  if (now - drawnAt < FRAME_MS && !dirty) return;
  if (dirty) {
    dirty = false;
    drawVerdict();
    drawPicture(store);
    showParts();
    drawShelves(store);
  }
  drawnAt = now;
  drawStory(store, storeNow());
}

connect();
requestAnimationFrame(draw);

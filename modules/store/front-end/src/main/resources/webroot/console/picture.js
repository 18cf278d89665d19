// The picture: who is there, how they are wired, who leads, and how much goes over each line.
import { say } from '/common/dom.js';
const SVG = 'http://www.w3.org/2000/svg';
const svg = document.querySelector('#picture svg');
const text = document.getElementById('picture-text');

const OF_REPLICAS = {
  'order-3': [640, 80],
  'order-2': [640, 202],
  'order-1': [640, 324],
  'front-end': [270, 120],
  catalog: [270, 315],
  shoppers: [58, 120],
};
const OF_DESKS = {
  'desk-2': [520, 100],
  'desk-1': [520, 304],
  'front-end': [250, 202],
  database: [772, 202],
  shoppers: [58, 202],
};
const WIDTH = { shoppers: 104, 'front-end': 190, catalog: 190, database: 196 };
const HEIGHT = 78;
const widthOf = (name) => WIDTH[name] ?? 208;

// A shape for each state: it is told by word and by shape, and only then by colour.
const SHAPES = {
  leading: 'M-9 7h18v-11l-5 5-4-8-4 8-5-5z',
  live: 'M8 0a8 8 0 1 1-16 0a8 8 0 1 1 16 0z',
  coming: 'M0-9L9 0 0 9-9 0z',
  silent: 'M0-9L10 8h-20z',
  down: 'M-8-5l3-3 5 5 5-5 3 3-5 5 5 5-3 3-5-5-5 5-3-3 5-5z',
};

const number = new Intl.NumberFormat('en');
const nodes = new Map();
const wires = new Map();
let places = null;

/** Whether desks on a database are what leads, and not replicas. */
export const hasDesks = (lead) => lead?.engine === 'postgres';

/** What people call the replica, or desk, of that id. */
export const nameOf = (id, lead) => `${hasDesks(lead) ? 'desk' : 'order'}-${id}`;

function make(name, attributes, parent, content) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (content) element.textContent = content;
  parent.append(element);
  return element;
}

function set(element, attribute, value) {
  if (element.getAttribute(attribute) !== String(value)) element.setAttribute(attribute, value);
}

function node(name) {
  const [x, y] = places[name];
  const group = make('g', { class: 'node', transform: `translate(${x} ${y})` }, svg);
  const half = widthOf(name) / 2;
  make('rect', { x: -half, y: -HEIGHT / 2, width: 2 * half, height: HEIGHT, rx: 10 }, group);
  const shape = make('path', { class: 'shape', d: SHAPES.live }, group);
  const title = make('text', { class: 'name', x: -half + 36, y: -12 }, group, name);
  const state = make('text', { class: 'state', x: -half + 14, y: 10 }, group);
  const detail = make('text', { class: 'detail', x: -half + 14, y: 28 }, group);
  set(shape, 'transform', `translate(${-half + 20} -17)`);
  nodes.set(name, { group, shape, title, state, detail });
}

function wire(from, to, label, path, at) {
  const line = make('path', { class: 'wire', d: path, 'marker-end': 'url(#arrow)' }, svg);
  const [x, y, anchor = 'middle'] = at;
  const rate = make('text', { class: 'rate', x, y, 'text-anchor': anchor }, svg);
  wires.set(`${from}>${to}`, { line, rate, label });
}

function layReplicas() {
  wire('shoppers', 'front-end', '', 'M112 120H171', [141, 106]);
  wire('front-end', 'catalog', 'missed', 'M270 161V272', [262, 222, 'end']);
  for (const [id, y] of [[3, 80], [2, 202], [1, 324]]) {
    const name = `order-${id}`;
    const [start, end] = [120 + (2 - id) * 8, 315 + (2 - id) * 12];
    wire('front-end', name, 'buy', `M367 ${start}C470 ${start} 450 ${y - 14} 532 ${y - 14}`, [523, y - 25, 'end']);
    wire(name, 'catalog', 'reserve', `M534 ${y + 16}C450 ${y + 16} 470 ${end} 371 ${end}`, [523, y + 36, 'end']);
  }
  const bends = {
    '3>2': ['M680 121V159', 690, 145], '2>3': ['M680 161V123', 690, 145],
    '2>1': ['M680 243V281', 690, 267], '1>2': ['M680 283V245', 690, 267],
    '3>1': ['M746 80C790 110 790 294 748 324', 780, 233], '1>3': ['M746 324C790 294 790 110 748 80', 780, 180],
  };
  Object.entries(bends).forEach(([ends, [path, x, y]]) => {
    const [from, to] = ends.split('>');
    wire(`order-${from}`, `order-${to}`, 'append', path, [x, y, 'start']);
  });
}

function layDesks() {
  wire('shoppers', 'front-end', '', 'M112 202H151', [131, 188]);
  for (const [id, y, label] of [[2, 100, 44], [1, 304, -34]]) {
    const name = `desk-${id}`;
    wire('front-end', name, 'ask', `M347 202C400 202 370 ${y} 412 ${y}`, [404, y + label, 'end']);
    wire(name, 'database', 'in turns', `M626 ${y}C680 ${y} 640 202 670 202`, [640, y + label, 'start']);
  }
}

function lay(plan, layWires) {
  if (places === plan) return;
  places = plan;
  svg.replaceChildren();
  nodes.clear();
  wires.clear();
  const defs = make('defs', {}, svg);
  const arrow = make('marker', {
    id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 12, markerHeight: 12,
    orient: 'auto', markerUnits: 'userSpaceOnUse',
  }, defs);
  make('path', { d: 'M0 0L8 4 0 8z' }, arrow);
  layWires();
  Object.keys(places).forEach(node);
  nodes.get('shoppers').shape.remove();
  set(nodes.get('shoppers').title, 'x', -38);
  const crown = make('g', { id: 'crown' }, svg);
  make('path', { d: 'M-22 14h44l4-26-14 11-12-19-12 19-14-11z' }, crown);
}

/** What a person calls a replica's state, and its shape. */
export function stateOf(replica, lead, log) {
  if (replica.state === 'down') return ['down', 'down'];
  if (replica.state === 'silent') return ['silent', 'silent: suspect'];
  if (replica.state === 'unknown') return ['coming', 'not heard of yet'];
  if (lead?.leader === replica.id) return ['leading', hasDesks(lead) ? 'is in office' : 'leads'];
  const left = Math.max(replica.left, log?.left ?? 0);
  if (/catching|rebuild/.test(replica.role)) return ['coming', `catching up: ${number.format(left)} left`];
  if (replica.role === 'candidate' || lead?.awaited === replica.id) return ['coming', 'taking over'];
  return ['live', hasDesks(lead) ? 'stands by' : 'follows'];
}

const perSecond = (rate) => (rate > 0 ? `${number.format(Math.round(rate))}/s` : '');

function flow(from, to, rate, isThere) {
  const { line, rate: label, label: verb } = wires.get(`${from}>${to}`);
  set(line, 'class', `wire ${isThere ? 'there' : 'absent'} ${rate > 0 ? 'flows' : ''}`);
  // From one request a second to a hundred thousand.
  set(line, 'stroke-width', rate > 0 ? (2 + 1.6 * Math.log10(1 + rate)).toFixed(1) : 1.5);
  say(label, isThere && rate > 0 ? `${verb} ${perSecond(rate)}` : '');
}

let before = null;

/** Misses a second; the feed has their number. */
function missRate(store) {
  const misses = store.caches.reduce((sum, cache) => sum + cache.misses, 0);
  const now = performance.now();
  if (!before || misses < before.misses) before = { misses, now, rate: 0 };
  if (now - before.now >= 1000) {
    before = { misses, now, rate: (1000 * (misses - before.misses)) / (now - before.now) };
  }
  return before.rate;
}

function show(name, shape, state, detail = '') {
  const it = nodes.get(name);
  set(it.group, 'class', `node ${shape}`);
  if (SHAPES[shape]) set(it.shape, 'd', SHAPES[shape]);
  say(it.state, state);
  say(it.detail, detail);
}

function drawFrontEnd(store, reads, buys) {
  show('shoppers', 'plain', perSecond(reads + buys) || 'nobody', reads + buys > 0 ? 'requests' : '');
  show('front-end', store.contact ? 'live' : 'down', store.contact ? 'serves' : 'no contact',
    `${number.format(reads)} reads, ${number.format(buys)} buys/s`);
  flow('shoppers', 'front-end', reads + buys, true);
}

function drawReplicas(store, buys, misses) {
  const { lead, replicas, logs } = store;
  const isCatalog = lead?.catalog === 'live';
  show('catalog', isCatalog ? 'live' : (lead?.catalog === 'silent' ? 'silent' : 'down'),
    isCatalog ? 'sells' : (lead?.catalog ?? 'not heard of yet'),
    store.catalog ? `${number.format(store.catalog.stock)} in stock, ${store.catalog.holds} held` : '');
  flow('front-end', 'catalog', misses, isCatalog);
  const words = [];
  for (const [id, replica] of replicas) {
    const name = `order-${id}`;
    const log = logs.get(id);
    const [shape, state] = stateOf(replica, lead, log);
    const knows = shape !== 'down' && shape !== 'silent';
    const detail = replica.trouble
      ?? (log && knows ? `${number.format(log.committed)} entries committed` : 'was last seen a while ago');
    show(name, shape, state, detail);
    words.push(`${name}: ${state}.`);
    const leads = lead?.leader === id;
    flow('front-end', name, leads ? buys : 0, leads || knows);
    flow(name, 'catalog', leads ? buys : 0, leads && isCatalog);
    for (const [other, peer] of replicas) {
      if (other !== id) flow(name, `order-${other}`, leads ? buys : 0, leads && peer.state === 'live');
    }
  }
  return words;
}

// How the database is, as the desk in office says, and what its commits wait for.
const DATABASE = {
  live: ['live', 'answers'],
  silent: ['silent', 'does not answer'],
  unknown: ['coming', 'not heard of'],
};
const DURABILITY = {
  single: 'one node, no standby',
  replicated: 'commits wait for a standby',
  unknown: '',
};

function drawDesks(store, asked) {
  const { lead, replicas } = store;
  const [shape, state] = DATABASE[lead.database] ?? DATABASE.unknown;
  show('database', shape, state, DURABILITY[lead.durability]);
  const words = [`database: ${state}.`];
  for (const [id, desk] of replicas) {
    const name = `desk-${id}`;
    const [deskShape, deskState] = stateOf(desk, lead);
    const leads = lead.leader === id;
    const isThere = deskShape !== 'down' && deskShape !== 'silent';
    const rest = leads ? `epoch ${lead.epoch?.split('.')[0]}` : 'takes over when it must';
    show(name, deskShape, deskState, desk.trouble ?? (isThere ? rest : 'was last seen a while ago'));
    words.push(`${name}: ${deskState}.`);
    flow('front-end', name, leads ? asked : 0, isThere);
    flow(name, 'database', leads ? asked : 0, isThere && (!leads || lead.database === 'live'));
  }
  return words;
}

export function drawPicture(store) {
  const { lead } = store;
  const isDesks = hasDesks(lead);
  lay(isDesks ? OF_DESKS : OF_REPLICAS, isDesks ? layDesks : layReplicas);
  const last = [...store.seconds.values()].at(-1);
  const buys = last?.purchases ?? 0;
  const misses = missRate(store);
  drawFrontEnd(store, last?.queries ?? 0, buys);
  const words = isDesks ? drawDesks(store, buys + misses) : drawReplicas(store, buys, misses);
  say(text, words.join(' '));
  const crown = document.getElementById('crown');
  const place = places[nameOf(lead?.leader, lead)];
  crown.classList.toggle('away', !place);
  if (place) crown.style.transform = `translate(${place[0] + 58}px, ${place[1] - 46}px)`;
}

/** On a phone the shoppers are left out, so that the rest is larger. */
const narrow = matchMedia('(max-width: 40rem)');
const frame = () => set(svg, 'viewBox', narrow.matches ? '150 14 728 352' : '0 14 878 352');
narrow.addEventListener('change', frame);

frame();

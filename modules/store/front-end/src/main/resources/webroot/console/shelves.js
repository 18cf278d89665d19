// The catalog's holds, and the front-end's cache as its places.
import { say } from '/common/dom.js';
const stock = document.getElementById('stock');
const holds = document.getElementById('holds');
const hits = document.getElementById('hits');
const places = document.getElementById('places');
const dropped = document.getElementById('dropped');
const number = new Intl.NumberFormat('en');
const DROPPED_SHOWN_MS = 2500;
const HOLDS_SHOWN = 8;

let invalidated = null;
let droppedAt = -Infinity;

/** As many items as there are texts; those that stay are kept. */
function fill(list, texts) {
  while (list.children.length > texts.length) list.lastElementChild.remove();
  while (list.children.length < texts.length) list.append(document.createElement('li'));
  texts.forEach((content, at) => say(list.children[at], content));
}

function drawCatalog({ catalog, toys }) {
  if (!catalog) return;
  const out = [...toys.values()].filter((shelf) => shelf.stock === 0).map((shelf) => shelf.toy);
  say(stock, `${number.format(catalog.stock)} units of ${catalog.toys} toys. `
    + (out.length ? `Sold out: ${out.slice(0, 4).join(', ')}${out.length > 4 ? ' and more' : ''}. ` : '')
    + `${catalog.restocks} restocked since it started.`
    + (catalog.grace ? ' Waiting for the caches of its last run to end.' : ''));
  const texts = catalog.oldest.slice(0, HOLDS_SHOWN)
    .map((hold) => `${hold.quantity} ${hold.toy} held for ${hold.ageMs} ms`);
  if (catalog.holds > texts.length) texts.push(`and ${catalog.holds - texts.length} more holds`);
  fill(holds, texts.length ? texts : ['No holds: every purchase that took stock is an order.']);
}

function drawCache({ caches }) {
  const cache = caches[0];
  if (!cache) return;
  const all = cache.hits + cache.misses;
  const ratio = all ? Math.round((100 * cache.hits) / all) : 0;
  say(hits, !cache.enabled ? 'The cache is off.'
    : `${number.format(cache.hits)} hits, ${number.format(cache.misses)} misses: ${ratio}%.`
      + (caches.length > 1 ? ` First of ${caches.length} event loops.` : ''));
  const texts = cache.places.toReversed().map((place) => `${place.toy} ${number.format(place.hits)}`);
  while (cache.enabled && texts.length < cache.capacity) texts.push('');
  fill(places, texts.slice(0, 32));
  const now = performance.now();
  if (invalidated !== null && cache.invalidated > invalidated) droppedAt = now;
  invalidated = cache.invalidated;
  const isFresh = now - droppedAt < DROPPED_SHOWN_MS;
  dropped.classList.toggle('fresh', isFresh);
  say(dropped, cache.dropped.length
    ? `${isFresh ? 'Just invalidated' : 'Last invalidated'}: ${cache.dropped.at(-1)}, because it was sold or restocked.`
    : 'Nothing was invalidated yet.');
}

export function drawShelves(store) {
  drawCatalog(store);
  drawCache(store);
}

// The time line: purchases a second and latencies for two minutes, and a sentence for each event.
const canvas = document.getElementById('chart');
const list = document.getElementById('events');
const figures = document.getElementById('figures');
const context = canvas.getContext('2d');
const WINDOW_MS = 120_000;
const MARKS = { LOST: '\u2715', COMING: '\u25C6', BACK: '\u25CF', SUMMARY: '\u2605', NOTE: '\u25CB' };
const number = new Intl.NumberFormat('en');
const listed = [];
let seenSecond = -1;

// A canvas knows no variables of the style sheet: elements that are not shown carry the colours.
const paint = document.createElement('p');
paint.className = 'paint';
const swatches = ['ink', 'quiet', 'line', 'buy', 'read', 'bad', 'good'].map((name) => {
  const swatch = document.createElement('i');
  swatch.className = name;
  paint.append(swatch);
  return [name, swatch];
});
document.body.append(paint);
let colours = null;
let coloursAt = 0;

/** Looked up once a second: the theme may change. */
function palette() {
  if (!colours || performance.now() - coloursAt > 1000) {
    colours = Object.fromEntries(swatches.map(([name, swatch]) => [name, getComputedStyle(swatch).color]));
    coloursAt = performance.now();
  }
  return colours;
}

function fit() {
  const scale = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return [width, height];
}

function niceMost(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 10)));
  return [1, 2, 5, 10].map((step) => step * power).find((nice) => nice >= most);
}

const micros = (us) => (us >= 1_000_000 ? `${us / 1_000_000} s` : us >= 1000 ? `${us / 1000} ms` : `${us} \u00B5s`);
const short = (us) => (us >= 1000 ? `${(us / 1000).toFixed(us >= 10_000 ? 0 : 1)} ms` : `${us} \u00B5s`);

const LEFT = 52;
const LOW = 10;
const HIGH = 10_000_000;

function lines(seconds, value, x, y, stroke, dash) {
  context.beginPath();
  context.setLineDash(dash);
  context.strokeStyle = stroke;
  context.lineWidth = 1.8;
  let isOpen = false;
  for (const second of seconds) {
    const at = value(second);
    if (at > 0) {
      const method = isOpen ? 'lineTo' : 'moveTo';
      context[method](x(second.atMs + 500), y(at));
      if (!isOpen) context.lineTo(x(second.atMs + 500) + 1, y(at));
    }
    isOpen = at > 0;
  }
  context.stroke();
  context.setLineDash([]);
}

function grid(text, y, width, c) {
  context.strokeStyle = c.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(LEFT, y);
  context.lineTo(width, y);
  context.stroke();
  context.fillStyle = c.quiet;
  context.textAlign = 'right';
  context.fillText(text, LEFT - 6, y + 4);
}

function chart(store, now) {
  const c = palette();
  const [width, height] = fit();
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  const seconds = [...store.seconds.values()].filter((second) => second.atMs > now - WINDOW_MS);
  const x = (atMs) => LEFT + ((width - LEFT) * (atMs - now + WINDOW_MS)) / WINDOW_MS;
  const top = [16, height * 0.38];
  const bottom = [height * 0.52, height - 18];
  const most = niceMost(Math.max(1, ...seconds.map((second) => second.purchases)));
  const yRate = (rate) => top[1] - ((top[1] - top[0]) * rate) / most;
  const yTime = (us) => bottom[1]
    - ((bottom[1] - bottom[0]) * (Math.log10(Math.max(us, LOW)) - 1)) / (Math.log10(HIGH) - 1);
  grid('0', top[1], width, c);
  grid(number.format(most), top[0], width, c);
  [100, 1000, 10_000, 100_000, 1_000_000].forEach((us) => grid(micros(us), yTime(us), width, c));
  context.fillStyle = c.buy;
  const bar = Math.max(1, (width - LEFT) / 120 - 1);
  for (const second of seconds) {
    const y = yRate(second.purchases);
    context.fillRect(x(second.atMs), y, bar, top[1] - y);
  }
  lines(seconds, (s) => (s.queries ? s.queryP50 : 0), x, yTime, c.read, []);
  lines(seconds, (s) => (s.queries ? s.queryP99 : 0), x, yTime, c.read, [3, 3]);
  lines(seconds, (s) => (s.purchases ? s.purchaseP50 : 0), x, yTime, c.buy, []);
  lines(seconds, (s) => (s.purchases ? s.purchaseP99 : 0), x, yTime, c.buy, [3, 3]);
  context.textAlign = 'left';
  context.fillStyle = c.ink;
  context.fillText('purchases a second', LEFT, 10);
  context.fillText('latency: line p50, dashes p99', LEFT, bottom[0] - 6);
  context.fillStyle = c.quiet;
  context.fillText('2 minutes ago', LEFT, height - 3);
  context.textAlign = 'right';
  context.fillText('now', width, height - 3);
  marks(store, now, x, top, bottom, c, width);
}

function marks(store, now, x, top, bottom, c, width) {
  context.textAlign = 'center';
  for (const event of store.story.values()) {
    if (event.atMs < now - WINDOW_MS || event.kind === 'SUMMARY') continue;
    const at = Math.min(width - 6, x(event.atMs));
    context.strokeStyle = event.kind === 'LOST' ? c.bad : event.kind === 'BACK' ? c.good : c.quiet;
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(at, top[0]);
    context.lineTo(at, bottom[1]);
    context.stroke();
    context.fillText(MARKS[event.kind], at, bottom[0] - 14 - (event.kind === 'BACK' ? 11 : 0));
  }
}

function sentence(event) {
  const item = document.createElement('li');
  item.dataset.kind = event.kind;
  const mark = document.createElement('span');
  mark.className = 'mark';
  mark.setAttribute('aria-hidden', 'true');
  mark.textContent = MARKS[event.kind];
  const at = document.createElement('time');
  const moment = new Date(event.atMs);
  at.dateTime = moment.toISOString();
  at.textContent = moment.toTimeString().slice(0, 8) + moment.toISOString().slice(19, 23);
  item.append(mark, at, ` ${event.text}`);
  return item;
}

function events(store) {
  const newest = [...store.story.values()].at(-1)?.id ?? 0;
  if (newest < (listed.at(-1) ?? 0) || store.story.size === 0) {
    listed.length = 0;
    list.replaceChildren();
  }
  for (const event of store.story.values()) {
    if (event.id > (listed.at(-1) ?? 0)) {
      listed.push(event.id);
      list.prepend(sentence(event));
    }
  }
  while (list.children.length > 60) list.lastElementChild.remove();
}

function lastSecond(store) {
  const last = [...store.seconds.values()].at(-1);
  if (!last || last.atMs === seenSecond) return;
  seenSecond = last.atMs;
  figures.textContent = `Last second: ${number.format(last.purchases)} purchases`
    + (last.purchases ? ` (p50 ${short(last.purchaseP50)}, p99 ${short(last.purchaseP99)})` : '')
    + (last.failed ? `, ${last.failed} failed` : '')
    + `; ${number.format(last.queries)} queries`
    + (last.queries ? ` (p50 ${short(last.queryP50)}, p99 ${short(last.queryP99)}).` : '.');
}

export function drawStory(store, now) {
  events(store);
  lastSecond(store);
  chart(store, now);
}

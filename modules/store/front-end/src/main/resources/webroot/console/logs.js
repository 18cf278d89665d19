// The logs: for each replica its last thirty entries, aligned by their place in the log.
import { say } from '/common/dom.js';
const PLACES = 30;
const strips = document.getElementById('strips');
const rows = new Map();

function element(name, className, parent, content = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content;
  parent.append(made);
  return made;
}

function row(name) {
  const line = element('div', 'strip', strips);
  const label = element('p', 'label', line);
  const title = element('b', '', label, name);
  const words = element('span', 'quiet', label);
  const cells = element('div', 'cells', line);
  cells.setAttribute('aria-hidden', 'true');
  const all = Array.from({ length: PLACES }, () => element('i', 'cell', cells));
  const made = { title, words, all, line };
  rows.set(name, made);
  return made;
}

const epochOf = (log, index) => log.runs.find((run) => run.first <= index && index <= run.last)?.epoch;

function draw(cell, kind, content, epoch, starts, title) {
  const name = `cell ${kind}${starts ? ' starts' : ''}`;
  if (cell.className !== name) cell.className = name;
  say(cell, content);
  if (cell.dataset.epoch !== epoch) cell.dataset.epoch = epoch;
  if (cell.title !== title) cell.title = title;
}

/** Epochs in turn have one of four tints. */
const tint = (epoch) => String(Number(epoch.split('.')[0]) % 4);

function drawPlace(cell, index, log, last, store) {
  const epoch = index > 0 ? epochOf(log, index) : undefined;
  if (!epoch) {
    const isBefore = index < (log.runs[0]?.first ?? 1) && index <= log.last;
    draw(cell, index < 1 || isBefore || index > last ? 'none' : 'missing', '', '', false, '');
    return;
  }
  const entry = store.entries.get(`${epoch}@${index}`);
  const kind = index <= log.committed ? 'committed' : index <= log.durable ? 'disk' : 'memory';
  const isNoop = entry && !entry.toy;
  const content = isNoop ? '\u25C6' : entry?.order == null ? '-' : String(entry.order % 1000);
  const starts = index > 1 && epochOf(log, index - 1) !== undefined && epochOf(log, index - 1) !== epoch;
  draw(cell, `${kind}${isNoop ? ' noop' : ''}`, content, tint(epoch), starts,
    `place ${index}, epoch ${epoch}: ${isNoop ? 'no purchase' : `${entry?.quantity} ${entry?.toy}`}`);
}

const number = new Intl.NumberFormat('en');

function summary(id, log, replica, lead) {
  const lost = replica.state === 'down' || replica.state === 'silent';
  const left = Math.max(0, log.left, replica.left ?? 0);
  const open = log.last - log.committed;
  const epoch = log.runs.at(-1)?.epoch;
  const word = lead?.engine === 'raft' ? `term ${epoch?.split('.')[0]}` : `epoch ${epoch}`;
  return [
    lost ? `${replica.state}; as last seen:` : '',
    `ends at ${number.format(log.last)}, ${word}`,
    open > 0 ? `${open} not committed yet` : '',
    left > 0 && /catching|rebuild/.test(replica.role ?? '') ? `${number.format(left)} left to fetch` : '',
  ].filter(Boolean).join(', ').replace(':,', ':');
}

export function drawLogs(store) {
  const { logs, replicas, lead } = store;
  const ids = [...replicas.keys()];
  const lasts = ids.map((id) => logs.get(id)?.last ?? 0);
  const last = Math.max(...lasts);
  const first = Math.max(last, PLACES) - PLACES + 1;
  const axis = rows.get('place') ?? row('place');
  axis.line.classList.add('axis');
  axis.all.forEach((cell, at) => {
    const index = first + at;
    say(cell, index % 5 === 0 || at === 0 ? String(index) : '');
  });
  for (const id of ids) {
    const name = `order-${id}`;
    const { all, words, line, title } = rows.get(name) ?? row(name);
    const log = logs.get(id);
    const replica = replicas.get(id);
    line.classList.toggle('lost', replica.state === 'down' || replica.state === 'silent');
    say(title, lead?.leader === id ? `${name} \u265B` : name);
    if (!log) {
      say(words, 'no news of its log yet');
      continue;
    }
    say(words, summary(id, log, replica, lead));
    all.forEach((cell, at) => drawPlace(cell, first + at, log, last, store));
  }
}

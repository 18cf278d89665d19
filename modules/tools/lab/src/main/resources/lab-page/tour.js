// The guided tour: seven steps. A step ticks itself when what should be seen has been seen.
import { element, say } from '/common/dom.js';
import { store, storeNow } from '/console/console.js';
import { STEPS } from './steps.js';

const DESIGN = document.querySelector('meta[name=design]')?.content;
const LOOK_MS = 200;

/** The rule's own words, and where they stand, if that document is here. */
function rule({ quote, section }) {
  const words = ` docs/design.md, "${section}"`;
  return [
    element('q', {}, quote),
    // The link leads to the sentence: browsers look for text that stands behind ":~:text=".
    DESIGN
      ? element('a', { href: `${DESIGN}#:~:text=${encodeURIComponent(quote.slice(0, 60))}`, target: '_blank', rel: 'noopener' }, words)
      : element('span', { class: 'quiet' }, words),
  ];
}

/** What a step looks at; all that counts is what happened since the step was opened. */
function view(facts, begun) {
  const since = (list) => list.filter((item) => item.at >= begun.at);
  const story = () => [...store.story.values()].filter((event) => event.atMs >= begun.storeMs);
  return {
    store,
    facts,
    begun,
    acts: (action, which = () => true) => since(facts.acts).filter((act) => act.action === action && which(act)),
    bought: () => since(facts.purchases),
    bySelf: () => since(facts.purchases).filter((purchase) => purchase.byHand),
    told: (pattern) => story().some((event) => pattern.test(event.text)),
    audited: () => facts.audit?.at >= begun.at && facts.audit.verdict === 'holds',
  };
}

function begin(facts) {
  const cache = store.caches[0];
  return {
    at: performance.now(),
    storeMs: storeNow(),
    failed: facts.load?.failed ?? 0,
    hits: cache?.hits ?? 0,
    misses: cache?.misses ?? 0,
    invalidated: cache?.invalidated ?? 0,
  };
}

/** The part of the panel. */
export function tourPart(facts) {
  const ticks = STEPS.map((step) => step.watch.map(() => false));
  const title = element('h2', { id: 'tour-title', tabindex: '-1' });
  const press = element('p', { class: 'press' });
  const watch = element('ul', { class: 'watch' });
  const why = element('p', { class: 'why' });
  const progress = element('ol', { class: 'progress', 'aria-label': 'Steps' });
  const dots = STEPS.map((step, number) => {
    const dot = element('button', { type: 'button', onclick: () => open(number) }, String(number + 1));
    progress.append(element('li', {}, dot));
    return dot;
  });
  const back = element('button', { type: 'button', onclick: () => open(at - 1) }, 'Back');
  const next = element('button', { type: 'button', onclick: () => open(at + 1) }, 'Next');
  const news = element('p', { class: 'unseen', role: 'status' });
  let at = 0;
  let begun = null;

  const isDone = (number) => ticks[number].every(Boolean);

  function drawTicks() {
    STEPS[at].watch.forEach((item, number) => {
      const line = watch.children[number];
      line.dataset.seen = String(ticks[at][number]);
      say(line.firstElementChild, ticks[at][number] ? '\u2714' : '\u25CB');
      line.firstElementChild.setAttribute('aria-label', ticks[at][number] ? 'seen:' : 'not seen yet:');
    });
    dots.forEach((dot, number) => {
      dot.dataset.done = String(isDone(number));
      dot.setAttribute('aria-label', `Step ${number + 1}: ${STEPS[number].title}${isDone(number) ? ', seen' : ''}`);
      if (number === at) dot.setAttribute('aria-current', 'step');
      else dot.removeAttribute('aria-current');
    });
    next.classList.toggle('primary', isDone(at));
  }

  function open(number) {
    const isMove = begun !== null;
    at = Math.max(0, Math.min(STEPS.length - 1, number));
    const step = STEPS[at];
    begun = begin(facts);
    title.textContent = `Step ${at + 1} of ${STEPS.length}: ${step.title}`;
    press.replaceChildren(element('b', {}, 'Press '), step.press);
    watch.replaceChildren(...step.watch.map(({ text }) => element('li', {},
      element('span', { class: 'tick', role: 'img' }), element('span', {}, text))));
    why.replaceChildren(element('b', {}, 'Why '), `${step.why} `, ...rule(step.rule));
    back.disabled = at === 0;
    next.disabled = at === STEPS.length - 1;
    drawTicks();
    if (isMove) title.focus({ preventScroll: true });
  }

  function look() {
    if (!store.lead) return;
    begun ??= begin(facts);
    const seen = view(facts, begun);
    STEPS[at].watch.forEach((item, number) => {
      // In their order: a later one means something only when those before it were seen.
      const isNext = ticks[at].slice(0, number).every(Boolean);
      if (!ticks[at][number] && isNext && item.seen(seen)) {
        ticks[at][number] = true;
        say(news, isDone(at) ? `Step ${at + 1} is done.` : `Seen: ${item.text}`);
      }
    });
    drawTicks();
  }

  open(0);
  begun = null;
  setInterval(look, LOOK_MS);
  return element('section', { id: 'tour', 'aria-labelledby': 'tour-title' },
    progress, title, press, element('b', {}, 'Watch'), watch, why,
    element('div', { class: 'row' }, back, next), news);
}

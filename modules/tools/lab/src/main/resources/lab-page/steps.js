// The seven steps of the tour: what to press, what to watch, and why it is so. docs/lab.md tells the
// same to a teacher. A rule's words are those of docs/design.md; a test compares them.

const ENOUGH = 5;

const isLost = (replica) => replica.state === 'down' || replica.state === 'silent';
const lost = ({ store }) => [...store.replicas.values()].filter(isLost);
const goesOn = ({ facts, begun, bought }) => bought().length >= ENOUGH && facts.load.failed <= begun.failed;

/** Whether an order is committed at every replica that is there. */
function isEverywhere({ store }, order) {
  const entry = [...store.entries.values()].find((each) => each.order === order);
  return Boolean(entry) && [...store.replicas.values()]
    .filter((replica) => !isLost(replica))
    .every((replica) => store.logs.get(replica.id)?.committed >= entry.index);
}

/** The one that led when it was paused or cut, and whether it is back in line. */
function oldLeader({ acts, store }) {
  const act = [...acts('pause', ({ led }) => led), ...acts('cut', ({ led }) => led)].at(-1);
  return act ? store.replicas.get(Number(act.service.slice('order-'.length))) : null;
}

export const STEPS = [
  {
    title: 'a purchase travels',
    press: 'Buy 1 Tux.',
    watch: [
      { text: 'The answer is an order number.', seen: ({ bySelf }) => bySelf().length > 0 },
      {
        text: 'The logs: a new cell with that number, full in all three strips.',
        seen: (all) => all.bySelf().some(({ order }) => isEverywhere(all, order)),
      },
    ],
    why: 'The catalog held the stock, and a majority of replicas had the order on disk, before you got its number.',
    rule: { section: 'A purchase', quote: 'The leader answers a purchase only after its entry is applied.' },
  },
  {
    title: 'a cache that is never stale',
    press: 'Look at Tux, twice. Then Buy 1 Tux.',
    watch: [
      {
        text: 'Cache: the second look was a hit, at no cost for the catalog.',
        seen: ({ store, begun }) => (store.caches[0]?.hits ?? 0) > begun.hits,
      },
      {
        text: 'After the purchase: \u201CJust invalidated: Tux\u201D, and its place is gone.',
        seen: ({ store, begun, bySelf }) => bySelf().length > 0 && (store.caches[0]?.invalidated ?? 0) > begun.invalidated,
      },
    ],
    why: 'The catalog tells each cache that a toy has changed, and waits for it, before the buyer has an answer.',
    rule: {
      section: 'The choices',
      quote: 'A change is acknowledged when every cache that may have the toy has dropped it, or when the lease of that cache has ended.',
    },
  },
  {
    title: 'a follower dies',
    press: 'Start the load. Then Kill a replica that does not lead.',
    watch: [
      { text: 'The load buys.', seen: ({ facts, bought }) => facts.load.on && bought().length > 0 },
      {
        text: 'The picture: that replica is down, and the crown stays.',
        seen: (all) => all.acts('kill', ({ led, service }) => !led && service.startsWith('order')).length > 0
          && lost(all).length > 0 && Boolean(all.store.lead?.leader),
      },
      { text: 'Purchases go on, and none fails.', seen: goesOn },
    ],
    why: 'Two of three replicas are a majority, so nobody waits for the third.',
    rule: { section: 'The choices', quote: 'Any two majorities have a replica in common.' },
  },
  {
    title: 'it comes back and catches up',
    press: 'Start that replica.',
    watch: [
      { text: 'It is back: its cells that were missing fill from the left.', seen: ({ told }) => told(/is back after|is level again/) },
      { text: 'All is well: three logs of the same length.', seen: ({ store, told }) => lost({ store }).length === 0 && told(/level/) },
    ],
    why: 'It asks the others for the entries behind its own last one.',
    rule: { section: 'Who leads', quote: 'A replica that returns fetches what it missed, and a healthy leader keeps its office.' },
  },
  {
    title: 'the leader dies',
    press: 'Let the load run. Kill the leader.',
    watch: [
      {
        text: 'The crown moves to another replica.',
        seen: ({ acts, store }) => acts('kill', ({ led }) => led)
          .some(({ service }) => store.lead?.leader && `order-${store.lead.leader}` !== service),
      },
      {
        // Between two purchases of a small load there is time enough for a new leader.
        text: 'The story: how long purchases waited, and that none failed. Or that nobody bought meanwhile.',
        seen: ({ told }) => told(/purchases waited .* none failed|nobody bought meanwhile/i),
      },
      { text: 'Start it again: it follows now, and the new leader keeps the crown.', seen: ({ acts, store, told }) => acts('start').length > 0 && lost({ store }).length === 0 && told(/level/) },
    ],
    why: 'Purchases on their way were held by the catalog, so the new leader knows of them and finishes them.',
    rule: {
      section: 'A purchase',
      quote: 'A new leader fences the catalog with its epoch and gets all holds. It appends those that its log lacks, and then it serves.',
    },
  },
  {
    title: 'slow is not dead',
    press: 'Pause the leader (it hangs). When another one leads, Resume it.',
    watch: [
      {
        text: 'The paused one is silent, and another one leads.',
        seen: (all) => {
          const old = oldLeader(all);
          return Boolean(old) && Boolean(all.store.lead?.leader) && all.store.lead.leader !== old.id;
        },
      },
      {
        text: 'It goes on, and believes for a moment that it leads. Nobody listens: it follows.',
        seen: (all) => all.acts('resume').length > 0 && !isLost(oldLeader(all))
          && all.store.lead?.leader && all.store.lead.leader !== oldLeader(all).id,
      },
      { text: 'No purchase fails.', seen: goesOn },
    ],
    why: 'Silence can mean dead, slow or cut off, and nobody can tell which. So an old leader is made harmless, not trusted to be gone.',
    rule: { section: 'A purchase', quote: 'It refuses reservations of an epoch that is older than its fence.' },
  },
  {
    title: 'the catalog dies',
    press: 'Let the load run. Kill the catalog. After some seconds, Start it. Then stop the load, and press Audit.',
    watch: [
      {
        text: 'Nothing can be bought: 503, at once. Cached toys are shown for one second more, then not.',
        seen: ({ told, acts, facts, begun }) => acts('kill', ({ service }) => service === 'catalog').length > 0 && told(/catalog is (silent|down)/i)
          && facts.load.failed > begun.failed,
      },
      { text: 'The catalog is back, and so are the customers.', seen: ({ told, store }) => told(/catalog is back/i) && store.lead?.serving },
      { text: 'The audit holds: nothing was lost, doubled or oversold.', seen: ({ audited }) => audited() },
    ],
    why: 'One catalog decides on stock; without it a purchase is refused, never guessed. Fresh or refused: a cache that hears nothing is not served.',
    rule: { section: 'The choices', quote: 'A front-end that is cut off stops serving from its cache by itself.' },
  },
];

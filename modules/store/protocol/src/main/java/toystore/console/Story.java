package toystore.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.console.StoryEvent.Kind;
import toystore.leader.SeenReplica;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.stock.CatalogGlance;

/**
 * Turns what a front-end sees, look by look, into sentences. Pure; owned by one event loop. Times
 * between events are of a monotonic clock, and the time of day is only written beside them.
 */
public final class Story {
  private static final int KEPT = 60;
  private static final long NEVER = Long.MIN_VALUE;

  private final PurchaseWaits waits;
  private final Deque<StoryEvent> events = new ArrayDeque<>();
  private final Map<Integer, ReplicaReturn> returning = new HashMap<>();
  private final Map<Integer, Long> lostSinceMs = new HashMap<>();
  private final Map<String, Long> restocked = new HashMap<>();
  private List<StoryEvent> fresh = new ArrayList<>();
  private Outlook last;
  private LeaderWords words = new LeaderWords(false, false);
  private long lastId;
  private long nowMs;
  private long dayMs;
  private boolean hasServed;
  private long outageSinceMs = NEVER;
  private long catalogLostSinceMs = NEVER;
  /** What began the outage; null when it is told. */
  private OutageCause cause;
  /** The last replica that led, {@link KnownLeader#NONE} before the first. */
  private KnownLeader led = KnownLeader.NONE;

  /** @param waits told of each purchase by whoever passes it on */
  public Story(PurchaseWaits waits) {
    this.waits = waits;
  }

  /**
   * A replica that came back.
   *
   * @param target it is level when it has all up to here
   */
  private record ReplicaReturn(long sinceMs, long target) {}

  /**
   * Why purchases must wait.
   *
   * @param leader whose loss it was, 0 if it was not that
   * @param words the beginning of a sentence
   */
  private record OutageCause(int leader, String words) {}

  /**
   * Takes a look.
   *
   * @param clockMs of a monotonic clock
   * @param timeOfDayMs to be written beside what happened
   * @return what has happened since the last look
   */
  public List<StoryEvent> look(long clockMs, long timeOfDayMs, Outlook now) {
    nowMs = clockMs;
    dayMs = timeOfDayMs;
    words = LeaderWords.of(now);
    if (last != null) {
      now.replicas().forEach(seen -> compare(of(last, seen.id()), seen, now));
      if (!now.isDesks()) { // A desk is the catalog, too: that it is away is told once.
        compareCatalog(now);
      }
      compareLeader(now);
    }
    compareService(now);
    led = now.leader().orElse(led);
    last = now;
    sumUp(now);
    return take();
  }

  private void sumUp(Outlook now) {
    if (cause == null) {
      return;
    }
    // That a leader is gone may be felt before a health check says that it is down.
    if (cause.leader() != 0 && isLost(of(now, cause.leader()))) {
      cause = new OutageCause(cause.leader(), fate(of(now, cause.leader())));
    }
    if (waits.settled() && outageSinceMs == NEVER) {
      tell(Kind.SUMMARY, "store", cause.words() + "; " + waits.words() + ".");
      cause = null;
    }
  }

  /** The catalog was looked at: what has it restocked? */
  public List<StoryEvent> glance(long timeOfDayMs, CatalogGlance catalog) {
    dayMs = timeOfDayMs;
    List<String> names = new ArrayList<>();
    for (CatalogGlance.ToyShelf shelf : catalog.shown()) {
      Long before = restocked.put(shelf.toy(), shelf.restocked());
      if (before != null && before < shelf.restocked()) {
        names.add(shelf.toy());
      }
    }
    if (!names.isEmpty()) {
      tell(Kind.NOTE, "catalog", "Restocked: " + String.join(", ", names) + ".");
    }
    return take();
  }

  /** What happened lately, the oldest first. */
  public Collection<StoryEvent> events() {
    return List.copyOf(events);
  }

  private void compare(SeenReplica before, SeenReplica seen, Outlook now) {
    boolean wasLost = isLost(before);
    if (isLost(seen) && !before.state().equals(seen.state())) {
      lost(seen, wasLost);
    } else if (wasLost && seen.isLive()) {
      returned(seen, now);
    }
    ReplicaReturn back = returning.get(seen.id());
    if (back != null && seen.isLive() && isLevel(seen.health(), back.target())) {
      returning.remove(seen.id());
      tell(
          Kind.BACK,
          name(seen.id()),
          name(seen.id()) + " is level again after " + span(nowMs - back.sinceMs()) + ".");
    }
  }

  private void lost(SeenReplica seen, boolean wasLost) {
    returning.remove(seen.id());
    lostSinceMs.putIfAbsent(seen.id(), nowMs);
    String who = name(seen.id());
    if (!wasLost || "down".equals(seen.state())) {
      String lead = led.id() == seen.id() ? words.asLeader() : "";
      tell(
          Kind.LOST,
          who,
          "down".equals(seen.state())
              ? who + lead + " is down: nobody answers at its address."
              : who + lead + " is silent: paused, slow, or cut off.");
    }
  }

  private void returned(SeenReplica seen, Outlook now) {
    Long since = lostSinceMs.remove(seen.id());
    String after = since == null ? "" : " after " + span(nowMs - since);
    long left = Math.max(0, now.committed() - seen.health().committed());
    boolean isLevel = isLevel(seen.health(), now.committed());
    tell(
        isLevel ? Kind.BACK : Kind.COMING,
        name(seen.id()),
        name(seen.id()) + " is back" + after
            + (isLevel ? words.isLevel() : " and catches up: " + left + " entries left."));
    if (!isLevel) {
      returning.put(seen.id(), new ReplicaReturn(nowMs, now.committed()));
    }
  }

  private static boolean isLevel(ReplicaHealth health, long target) {
    boolean takesPart = health.role() != Role.CATCHING_UP && health.role() != Role.REBUILDING;
    return takesPart && health.committed() >= target;
  }

  private void compareCatalog(Outlook now) {
    if (last.catalogLives() && !now.catalogLives()) {
      catalogLostSinceMs = nowMs;
      tell(
          Kind.LOST,
          "catalog",
          "The catalog is " + now.catalog() + ": nothing can be bought until it is back.");
    } else if (!last.catalogLives() && now.catalogLives() && catalogLostSinceMs != NEVER) {
      tell(
          Kind.BACK,
          "catalog",
          "The catalog is back after " + span(nowMs - catalogLostSinceMs) + ".");
      catalogLostSinceMs = NEVER;
    }
  }

  private void compareLeader(Outlook now) {
    now.awaited().filter(awaited -> !last.awaited().equals(now.awaited())).ifPresent(awaited -> {
      tell(Kind.COMING, name(awaited.id()), words.comes(awaited));
    });
    now.leader().filter(leader -> !last.leader().equals(now.leader())).ifPresent(leader -> {
      tell(Kind.BACK, name(leader.id()), words.begins(leader));
    });
  }

  private void compareService(Outlook now) {
    if (now.serving() && !hasServed) {
      hasServed = true;
      now.leader()
          .ifPresent(
              leader -> tell(Kind.NOTE, "store", "The store serves; " + words.leads(leader) + "."));
    } else if (!now.serving() && hasServed && outageSinceMs == NEVER) {
      outageSinceMs = nowMs;
      if (cause == null) {
        cause = cause(now);
        waits.outageBegan();
      } else {
        // To those who still wait it is one outage, whatever came in between.
        waits.outageGoesOn();
      }
    } else if (now.serving() && outageSinceMs != NEVER) {
      tell(Kind.BACK, "store", "Serving again after " + span(nowMs - outageSinceMs) + ".");
      outageSinceMs = NEVER;
      waits.outageEnded();
    }
  }

  private OutageCause cause(Outlook now) {
    if (led.equals(now.leader().orElse(KnownLeader.NONE))) {
      return new OutageCause(0, words.whoIsAway(now.catalogLives()));
    }
    return new OutageCause(led.id(), fate(of(now, led.id())));
  }

  private String fate(SeenReplica leader) {
    return name(leader.id())
        + switch (leader.state()) {
          case "down" -> " died";
          case "silent" -> " fell silent";
          default -> " gave up its office";
        };
  }

  private static boolean isLost(SeenReplica seen) {
    return "down".equals(seen.state()) || "silent".equals(seen.state());
  }

  private static SeenReplica of(Outlook outlook, int id) {
    return outlook.replicas().stream()
        .filter(seen -> seen.id() == id)
        .findFirst()
        .orElseThrow();
  }

  private String name(int id) {
    return words.name(id);
  }

  private static String span(long ms) {
    return ms < 10_000 ? ms + " ms" : ms / 1_000 + " s";
  }

  private void tell(Kind kind, String subject, String text) {
    StoryEvent event = new StoryEvent(++lastId, dayMs, kind, subject, text);
    fresh.add(event);
    events.add(event);
    if (events.size() > KEPT) {
      events.remove();
    }
  }

  private List<StoryEvent> take() {
    List<StoryEvent> told = fresh;
    fresh = new ArrayList<>(0);
    return told;
  }
}

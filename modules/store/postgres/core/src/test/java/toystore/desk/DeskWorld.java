package toystore.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import toystore.desk.DeskOptions.DeskBounds;
import toystore.desk.DeskOptions.DeskTimes;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.Invalidation;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.VirtualProcess;

/** Two desks, two shops and a database in virtual time, all of which fail, from a seed. */
final class DeskWorld {
  private static final long STOCK = 100_000;
  private static final long FAULTS_MS = 20_000;
  private static final long END_MS = 45_000;

  private final Timeline timeline = new Timeline();
  private final Chance chance;
  private final DeskPromises promises = new DeskPromises(timeline, STOCK);
  private final ModelCluster cluster;
  private final List<DeskProcess> desks = new ArrayList<>();
  private final List<ShopProcess> shops = new ArrayList<>();

  DeskWorld(long seed, Set<ModelDatabase.Rule> without) {
    chance = new Chance(seed);
    ModelBooks books = new ModelBooks();
    books.toys.put("Tux", new ModelBooks.ToyRecord(STOCK, 0, STOCK, 0));
    books.toys.put("Fox", new ModelBooks.ToyRecord(10, 0, 10, 0));
    cluster = new ModelCluster(timeline, chance, books);
    ModelDatabase database = new ModelDatabase(timeline, cluster, without);
    for (int id = 1; id <= 2; id++) {
      DeskOptions options = new DeskOptions(
          id,
          ModelCluster.NODES,
          new Leases(1_000, 100, 200),
          new Restocking(ModelDatabase.RESTOCK, 1_500),
          DeskTimes.USUAL,
          new DeskBounds(8, 1_000, 20, chance.oneIn(4) ? 1 : 100));
      DeskProcess[] self = new DeskProcess[1];
      self[0] = new DeskProcess(timeline, chance, database, options, news -> push(self[0], news));
      desks.add(self[0]);
    }
    for (int id = 0; id < 2; id++) {
      shops.add(new ShopProcess(timeline, chance, id, desks, promises));
    }
  }

  private void push(DeskProcess from, Invalidation news) {
    ShopProcess shop = shops.get(Integer.parseInt(news.address()));
    if (!chance.oneIn(30)) {
      timeline.after(1 + chance.below(4), () -> {
        if (shop.isUp()) {
          shop.receive(() -> shop.invalidate(from, news));
        }
      });
    }
  }

  /** Runs it all; how many purchases were acknowledged. */
  long run() {
    desks.forEach(VirtualProcess::start);
    shops.forEach(VirtualProcess::start);
    timeline.after(3_000, this::fault);
    timeline.runUntil(FAULTS_MS);
    shops.forEach(ShopProcess::close);
    timeline.runUntil(END_MS);
    promises.demandAll(cluster.end());
    return promises.told();
  }

  private void fault() {
    if (timeline.now() < FAULTS_MS) {
      timeline.after(200 + chance.below(4_000), this::fault);
      switch (chance.below(9)) {
        case 0 -> crash(desks.get(chance.below(2)));
        case 1, 2 -> pause(inOffice());
        case 3 -> pause(shops.get(chance.below(2)));
        case 4 -> cluster.cutStandbys(200 + chance.below(6_000));
        case 5 -> cutAndFailOver();
        case 6 -> cluster.failOver(chance.oneIn(2));
        case 7 -> inOffice().loseDatabase(1_000 + chance.below(5_000));
        default -> cluster.restart();
      }
    }
  }

  private DeskProcess inOffice() {
    return desks.get(0).isInOffice() ? desks.get(0) : desks.get(1);
  }

  /** The worst order of things: what waits for a standby is committed here, and lost. */
  private void cutAndFailOver() {
    cluster.cutStandbys(6_000);
    timeline.after(50 + chance.below(4_500), () -> {
      if (chance.oneIn(2)) {
        cluster.restart();
      }
    });
    timeline.after(4_000 + chance.below(1_500), () -> cluster.failOver(chance.oneIn(4)));
  }

  private void crash(VirtualProcess process) {
    if (process.isUp()) {
      process.crash();
      timeline.after(500 + chance.below(3_000), process::start);
    }
  }

  private void pause(VirtualProcess process) {
    if (process.isUp() && !process.isPaused()) {
      process.pause();
      int life = process.life();
      timeline.after(100 + chance.below(7_000), () -> {
        if (process.life() == life) {
          process.resume();
        }
      });
    }
  }
}

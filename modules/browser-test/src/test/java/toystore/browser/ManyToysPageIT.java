package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.Service;
import toystore.operations.UpOptions;

/** The shop with a thousand toys, none of which it knows. */
class ManyToysPageIT {
  private static final int TOYS = 1_000;

  @RegisterExtension
  static final Web WEB = new Web();

  @TempDir
  static Path folder;

  private static SharedStore store;

  @BeforeAll
  static void start() throws IOException {
    Path toys = folder.resolve("toys.json");
    Files.writeString(toys, assortment());
    store = new SharedStore(UpOptions.defaults()
        .withTailoring((service, conf) -> offer(service, conf, toys.toString())));
  }

  private static void offer(Service service, ObjectNode conf, String toys) {
    if (conf.has("toys")) {
      conf.put("toys", toys);
    }
  }

  private static String assortment() {
    return IntStream.range(0, TOYS)
        .mapToObj(
            i -> "{\"name\": \"" + kind(i) + " " + i + "\", \"price\": " + (5 + i % 40) + ".99}")
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  private static String kind(int i) {
    return new String[] {"Robot", "Ball", "Truck", "Puzzle", "Drum", "Train"}[i % 6];
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void allAreThereAndOneIsFoundByItsName() {
    URI address = store.store().addresses().get(0);
    Page page = WEB.open(address, "/", options -> {});
    assertThat(page.locator(".toy")).hasCount(TOYS);
    WEB.picture(page, "shop-many");
    assertEquals(TOYS, page.evaluate("document.querySelectorAll('.toy .stock').length"));

    page.getByLabel("Search toys").fill("train 99");
    assertThat(page.locator(".toy:visible")).hasCount(1);
    assertThat(page.locator("#found")).hasText("1 of 1000 toys");
    page.getByLabel("Buy Train 995").click();

    assertThat(page.locator("#answer")).containsText("You bought 1 × Train 995 for $40.99.");
    WEB.picture(page, "shop-search");
  }

  @Test
  void whoTypesIsNotHeldUp() {
    Page page = WEB.open(store.store().addresses().get(0), "/", options -> {});
    assertThat(page.locator(".toy")).hasCount(TOYS);
    // Only what is on the screen is laid out and painted.
    assertEquals(
        TOYS,
        page.evaluate("[...document.querySelectorAll('.toy')]"
            + ".filter((toy) => getComputedStyle(toy).contentVisibility === 'auto').length"));
    page.evaluate("window.held = [];"
        + "new PerformanceObserver((list) =>"
        + " held.push(...list.getEntries().map((task) => task.duration)))"
        + ".observe({type: 'longtask'})");

    page.getByLabel("Search toys").pressSequentially("robot 99");

    assertThat(page.locator(".toy:visible")).hasCount(2);
    Web.measured(
        "shop of %d toys: tasks of over 50 ms while somebody typed: %s",
        TOYS, page.evaluate("held.map(Math.round)"));
  }
}

package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.UpOptions;

/** The console as somebody sees it who does not know this store. */
class ConsolePageIT {
  @RegisterExtension
  static final Web WEB = new Web();

  /** Far more than it takes: a busy machine must not fail this. */
  private static final double MOST_MS = 20_000;
  /** More than its shoppers buy, however long the tests take: nobody is to hear "sold out". */
  private static final int PLENTY = 1_000_000;

  /** Notes when what somebody waits for is on the screen. */
  private static final String WATCH =
      """
      () => {
        window.seen = {};
        const verdict = document.getElementById('verdict');
        const look = () => {
          if (/order-\\d is down/.test(verdict.textContent)) seen.down ??= Date.now();
          if (seen.down && /order-\\d leads/.test(verdict.textContent)) seen.leads ??= Date.now();
        };
        new MutationObserver(look).observe(verdict, { childList: true, subtree: true });
      }""";

  private static final String SERVING_AGAIN =
      """
      () => Date.parse([...document.querySelectorAll('#events li')]
        .find((item) => item.textContent.includes('Serving again')).querySelector('time').dateTime)
      """;

  private static final String HALF_FULL =
      "() => document.querySelectorAll('.strip .cell.committed').length > 45";

  private static SharedStore store;

  @BeforeAll
  static void start() {
    store = new SharedStore(UpOptions.defaults().withTailoring((service, conf) -> {
      if (conf.has("stock")) {
        conf.put("stock", PLENTY);
      }
    }));
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void itSaysWhoLeadsAndShowsTheOrdersInTheLogs() {
    Page page = open(options -> {});
    try (Shoppers shoppers = shoppers()) {
      assertThat(page.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));
      assertThat(page.locator("#events")).containsText("leads in epoch");
      page.waitForFunction(HALF_FULL);
      assertThat(page.locator("#figures"))
          .containsText(Pattern.compile("[1-9]\\d* purchases \\(p50"));
      WEB.picture(page, "console");

      assertEquals(List.of(200), shoppers.statuses());
    }
    WEB.assertAccessible(page);
  }

  @Test
  void aLeaderThatDiesAndComesBackIsSeenAndTheStorySaysThatNobodyWasRefused() {
    Page page = open(options -> {});
    try (Shoppers shoppers = shoppers()) {
      assertThat(page.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));
      page.waitForFunction(HALF_FULL);
      String leader = store.store().status().leader().orElseThrow();
      page.evaluate(WATCH);

      long killedMs = System.currentTimeMillis();
      store.store().kill(leader);
      page.waitForTimeout(300);
      WEB.picture(page, "console-leader-killed");

      assertThat(page.locator("#verdict")).containsText(leader + " is down.");
      assertThat(page.locator("#events"))
          .containsText(
              Pattern.compile(leader + " died; purchases waited \\d+ ms at most; none failed"));
      report(page, killedMs);

      store.store().start(leader);
      assertThat(page.locator("#events")).containsText(leader + " is back");
      assertThat(page.locator("#verdict")).containsText("All is well.");
      WEB.picture(page, "console-leader-back");
      assertEquals(List.of(200), shoppers.statuses());
    }
  }

  private static void report(Page page, long killedMs) {
    page.waitForCondition(() -> page.evaluate("() => seen.leads") != null);
    double downMs = number(page, "() => seen.down") - killedMs;
    double laterMs = number(page, "() => seen.leads") - number(page, SERVING_AGAIN);
    Web.measured(
        "console: the dead leader was shown as down %.0f ms after the kill; the next one as leader"
            + " %.0f ms after it served",
        downMs, laterMs);
    assertTrue(downMs < MOST_MS && laterMs < MOST_MS, downMs + " " + laterMs);
  }

  private static double number(Page page, String expression) {
    return ((Number) page.evaluate(expression)).doubleValue();
  }

  @Test
  void aFrontEndThatIsAwayIsSaidSoAndThePageComesBackByItself() {
    Page page = open(options -> {});
    assertThat(page.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));

    store.store().kill("front-end");
    assertThat(page.locator("#verdict")).containsText("No contact with the front-end");
    store.store().start("front-end");

    assertThat(page.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));
  }

  @Test
  void itIsReadableInTheDarkAndOnAPhone() {
    Page dark = open(options -> options.setColorScheme(ColorScheme.DARK));
    assertThat(dark.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));
    WEB.assertAccessible(dark);
    WEB.picture(dark, "console-dark");

    Page phone = WEB.openOnPhone("/console");
    assertThat(phone.locator("#verdict")).containsText(Pattern.compile("order-\\d leads"));
    Object wider = phone.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertEquals(false, wider, "it can be read without scrolling sideways");
    WEB.assertAccessible(phone);
    WEB.picture(phone, "console-phone");
  }

  private static Page open(Consumer<NewContextOptions> change) {
    return WEB.open(store.store().addresses().get(0), "/console", change);
  }

  private static Shoppers shoppers() {
    return new Shoppers(store.store().addresses().get(0));
  }
}

package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;
import toystore.operations.ServiceStatus.ServiceState;
import toystore.operations.UpOptions;

/** The lab as a teacher uses it, on a store of its own. */
class LabPageIT {
  @RegisterExtension
  static final Web WEB = new Web();

  /** What a teacher's projector shows at least. */
  private static final int WIDTH = 1440;

  private static final int HEIGHT = 900;
  private static final double A_MOMENT_MS = 1_500;
  private static final int ATTEMPTS = 10;
  private static final Pattern LEADS = Pattern.compile("(order-\\d) leads in");

  private static SharedStore store;

  @BeforeAll
  static void start() {
    store = new SharedStore(UpOptions.defaults().withLab());
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void allSevenStepsOfTheTourTickThemselves() {
    Page page = open(options -> {});
    String first = leader(page);
    String follower = first.equals("order-1") ? "order-2" : "order-1";

    press(page, "Buy 1 Tux");
    done(page, 1);
    lookAndBuyUntilTheCacheHasDroppedIt(page);
    done(page, 2);
    press(page, "Start the load");
    assertThat(page.locator("#load-figures")).containsText(Pattern.compile("[1-9] bought"));
    press(page, "Kill " + follower);
    done(page, 3);
    press(page, "Start " + follower);
    done(page, 4);

    press(page, "Kill " + first);
    assertThat(page.locator("#outcome"))
        .containsText(first + " was killed. It led: watch the crown.");
    assertThat(page.locator("#tour .watch li").first()).hasAttribute("data-seen", "true");
    WEB.picture(page, "lab-leader-killed");
    press(page, "Start " + first);
    done(page, 5);

    String second = leader(page);
    press(page, "Pause " + second);
    assertThat(page.locator("#tour .watch li").first()).hasAttribute("data-seen", "true");
    press(page, "Resume " + second);
    done(page, 6);

    press(page, "Kill catalog");
    assertThat(page.locator("#tour .watch li").first()).hasAttribute("data-seen", "true");
    press(page, "Start catalog");
    assertThat(page.locator("#tour .watch li").nth(1)).hasAttribute("data-seen", "true");
    press(page, "Stop the load");
    press(page, "Audit");
    assertThat(page.locator("#outcome")).containsText("The audit holds");
    assertThat(page.locator("#tour .watch li[data-seen=true]")).hasCount(3);
    assertThat(page.locator("#tour .progress [data-done=true]")).hasCount(7);
    WEB.assertAccessible(page);
  }

  /** On a busy machine the lease may end between two looks, and nothing is cached then. */
  private static void lookAndBuyUntilTheCacheHasDroppedIt(Page page) {
    Locator unseen = page.locator("#tour .watch li[data-seen=false]");
    for (int attempt = 0; attempt < ATTEMPTS && unseen.count() > 0; attempt++) {
      for (String name : List.of("Look at Tux", "Look at Tux", "Buy 1 Tux")) {
        page.waitForResponse(
            answer -> answer.url().matches(".*/(orders|products/Tux)")
                && !answer.request().method().equals("OPTIONS"),
            () -> press(page, name));
      }
      page.waitForTimeout(A_MOMENT_MS);
    }
  }

  @Test
  void aCutIsSeenAndHealedAndAFrontEndThatWasKilledIsStartedFromThePage() {
    Page page = open(options -> {});
    leader(page);

    press(page, "Cut order-1");
    assertThat(row(page, "order-1")).containsText("cut off");
    assertThat(page.locator("#verdict")).containsText(Pattern.compile("order-1 is"));
    press(page, "Connect order-1");
    assertThat(page.locator("#verdict")).containsText("All is well.");

    press(page, "Kill front-end");
    assertThat(page.locator("#verdict")).containsText("No contact with the front-end");
    page.reload();
    press(page, "Start front-end");
    assertThat(page.locator("#verdict")).containsText("All is well.");
    assertEquals(ServiceState.LIVE, store.store().lab().services().get("front-end"));
  }

  @Test
  void aButtonPressedTwiceMeansItsFirstMeaningAndSaysWhyItDoesNothing() {
    Page page = open(options -> {});
    leader(page);

    button(page, "Kill order-1").dblclick();
    assertThat(row(page, "order-1")).containsText("down");
    Locator pause = row(page, "order-1").locator("button").nth(1);
    assertThat(pause).hasAttribute("aria-disabled", "true");
    assertThat(pause).hasAttribute("aria-label", "Pause order-1: it is down");
    assertEquals(ServiceState.DOWN, store.store().lab().services().get("order-1"));

    press(page, "Start order-1");
    assertThat(page.locator("#verdict")).containsText("All is well.");
  }

  @Test
  void itCanBeUsedInTheDarkOnAPhoneAndByTheKeyboard() {
    Page dark = open(options -> options.setColorScheme(ColorScheme.DARK));
    leader(dark);
    WEB.assertAccessible(dark);
    WEB.picture(dark, "lab-dark");

    Page phone = open(
        options -> options.setViewportSize(Web.PHONE_WIDTH, Web.PHONE_HEIGHT).setHasTouch(true));
    leader(phone);
    Object wider = phone.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertEquals(false, wider, "it can be read without scrolling sideways");
    WEB.assertAccessible(phone);
    WEB.picture(phone, "lab-phone");

    Page keys = open(options -> {});
    leader(keys);
    button(keys, "Next").focus();
    keys.keyboard().press("Enter");
    assertThat(keys.locator("#tour-title")).containsText("Step 2 of 7");
    assertThat(keys.locator("#tour-title")).isFocused();
    button(keys, "Buy 1 Tux").focus();
    keys.keyboard().press("Space");
    assertThat(keys.locator("#by-hand")).containsText("You bought 1 Tux");
  }

  @Test
  void theLinkOfAStepLeadsToTheRule() {
    Page page = open(options -> {});
    Page design = page.waitForPopup(() -> page.locator("#tour .why a").click());

    assertThat(design.locator("body"))
        .containsText("The leader answers a purchase only after its entry is applied.");
  }

  private static Page open(Consumer<NewContextOptions> change) {
    URI lab = store.store().lab().address().orElseThrow();
    return WEB.open(lab, "/console", options -> {
      options.setViewportSize(WIDTH, HEIGHT);
      change.accept(options);
    });
  }

  private static String leader(Page page) {
    assertThat(page.locator("#verdict")).containsText(LEADS);
    Matcher said = LEADS.matcher(page.locator("#verdict").textContent());
    assertTrue(said.find());
    return said.group(1);
  }

  private static Locator row(Page page, String service) {
    return page.locator("#services li[data-service=" + service + "]");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  /** Presses it when it can be pressed. */
  private static void press(Page page, String name) {
    Locator button = button(page, name);
    assertThat(button).not().hasAttribute("aria-disabled", "true");
    button.click();
  }

  private static void done(Page page, int step) {
    assertThat(page.locator("#tour-title")).containsText("Step " + step + " of 7");
    try {
      assertThat(page.locator("#tour .watch li[data-seen=false]")).hasCount(0);
    } catch (AssertionFailedError e) {
      // Most of what a step waits for is a sentence of the story.
      throw new AssertionFailedError(page.locator("#events").textContent(), e);
    }
    press(page, "Next");
  }
}

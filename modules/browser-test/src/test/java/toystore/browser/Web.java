package toystore.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import toystore.operations.LocalStore;

/**
 * A browser, and a store that runs: started with the first test that needs them, and shared by all.
 * Each page that a test opens is another person's: it remembers nothing of the others. After a test
 * its pages are closed, and none of them may have complained. Owned by the thread of the tests.
 */
final class Web implements ExecutionCondition, BeforeAllCallback, AfterEachCallback {
  static final int WIDTH = 1280;
  static final int HEIGHT = 800;
  static final int PHONE_WIDTH = 390;
  static final int PHONE_HEIGHT = 844;

  /**
   * How long a test waits for what must come. Slow is not dead: on a busy machine of two cores a
   * page of a store that has just started took more than half a minute.
   */
  private static final double PATIENCE_MS = 120_000;

  /** Chromium's own remark on an answer of 4xx or 5xx, which the page deals with. */
  private static final String FAILED_REQUEST = "Failed to load resource";

  private final List<BrowserContext> people = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private SharedBrowser browser;
  private SharedStore store;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return SharedBrowser.missing()
        .map(what -> ConditionEvaluationResult.disabled("browser tests are skipped: " + what))
        .orElse(ConditionEvaluationResult.enabled("there is a browser"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store shared = context.getRoot().getStore(Namespace.create(Web.class));
    browser = shared.getOrComputeIfAbsent(SharedBrowser.class);
    store = shared.getOrComputeIfAbsent(SharedStore.class);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> said = List.copyOf(complaints);
    people.forEach(BrowserContext::close);
    people.clear();
    complaints.clear();
    assertEquals(List.of(), said, "errors in the browser's console");
  }

  LocalStore store() {
    return store.store();
  }

  /** A page on a screen, in light colours, as a person sees it who was never there. */
  Page open(String path) {
    return open(path, options -> {});
  }

  /** The same on the screen of a phone. */
  Page openOnPhone(String path) {
    return open(
        path, options -> options.setViewportSize(PHONE_WIDTH, PHONE_HEIGHT).setHasTouch(true));
  }

  Page open(String path, Consumer<NewContextOptions> change) {
    return open(store().addresses().get(0), path, change);
  }

  /** The same in another store. */
  Page open(URI store, String path, Consumer<NewContextOptions> change) {
    NewContextOptions options = new NewContextOptions().setViewportSize(WIDTH, HEIGHT);
    change.accept(options);
    BrowserContext person = browser.browser().newContext(options);
    person.setDefaultTimeout(PATIENCE_MS);
    people.add(person);
    Page page = person.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if ("error".equals(message.type()) && !message.text().startsWith(FAILED_REQUEST)) {
        complaints.add(message.text());
      }
    });
    page.navigate(store.resolve(path).toString());
    return page;
  }

  /** Fails if anything on the page keeps somebody out. */
  void assertAccessible(Page page) {
    assertAccessible(page, List.of());
  }

  /** The same, but for rules that a library of the page breaks. */
  void assertAccessible(Page page, List<String> exceptRules) {
    // In its other mode it opens a page of its own, which Debian's browser does not let it see.
    AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
    if (!exceptRules.isEmpty()) {
      axe.disableRules(exceptRules); // It takes no empty list.
    }
    List<Rule> broken = axe.analyze().getViolations();
    assertEquals(
        List.of(),
        broken.stream()
            .map(rule -> rule.getId() + " " + rule.getHelp() + " " + rule.getNodes())
            .toList());
  }

  /** Keeps what the window shows now. */
  void picture(Page page, String name) {
    page.screenshot(new ScreenshotOptions().setPath(pictures().resolve(name + ".png")));
  }

  /** Keeps a figure that a test measured, for people: a line more of target/figures.txt. */
  static void measured(String line, Object... figures) {
    try {
      Files.writeString(
          Path.of("target", "figures.txt"),
          String.format(Locale.ROOT, line, figures) + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path pictures() {
    return Path.of(System.getProperty("toystore.pictures", "target/pictures"));
  }
}

package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.model.EngineName;
import toystore.operations.UpOptions;

/** The console of a store on PostgreSQL. Skipped where that is not installed. */
class DeskConsolePageIT {
  @RegisterExtension
  static final Web WEB = new Web();

  private static SharedStore store;

  @BeforeAll
  static void start() {
    assumeTrue(
        Files.isDirectory(Path.of("/usr/lib/postgresql")),
        "PostgreSQL is not installed: apt-get install postgresql");
    store = new SharedStore(UpOptions.defaults().withEngine(EngineName.POSTGRES));
  }

  @AfterAll
  static void stop() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void itDrawsDesksAndTheirDatabaseAndTellsWhoTookOver() {
    Page page = WEB.open(store.store().addresses().get(0), "/console", options -> {});
    assertThat(page.locator("#verdict"))
        .containsText(Pattern.compile("desk-\\d is in office in epoch \\d+\\. All is well"));
    assertThat(page.locator("#picture-text")).containsText("database: answers.");
    assertThat(page.locator("#picture-text")).containsText("stands by.");
    assertThat(page.locator("svg")).containsText("one node, no standby");
    assertThat(page.locator("#picture")).not().containsText("order-");
    assertThat(page.locator("#logs")).isHidden();
    assertThat(page.locator("#catalog")).isHidden();

    String office = store.store().status().leader().orElseThrow();
    store.store().kill(office);

    assertThat(page.locator("#events")).containsText(office + ", in office, is down");
    assertThat(page.locator("#events"))
        .containsText(Pattern.compile("desk-\\d took over in epoch \\d+\\."));
    assertThat(page.locator("#verdict")).containsText(office + " is down. The store goes");
    WEB.picture(page, "console-desks");
    WEB.assertAccessible(page);
  }
}

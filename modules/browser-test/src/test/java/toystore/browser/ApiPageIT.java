package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract as a page. */
class ApiPageIT {
  /** Swagger UI has a link inside of the button that opens a call. */
  private static final List<String> INHERITED = List.of("nested-interactive");

  @RegisterExtension
  static final Web WEB = new Web();

  @Test
  void itShowsEachCallAndAsksNobodyButTheStore() {
    Page page = WEB.open("/nothing-here");
    Set<String> asked = new TreeSet<>();
    page.onRequest(request -> {
      if (!request.url().startsWith("data:")) {
        asked.add(URI.create(request.url()).getAuthority());
      }
    });
    URI store = WEB.store().addresses().get(0);

    page.navigate(store.resolve("/").toString());
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("API")).click();

    assertThat(page.locator("#operations-orders-buy")).containsText("Buy a toy");
    assertThat(page.locator(".opblock")).hasCount(12);
    assertEquals(Set.of(store.getAuthority()), asked);
    WEB.assertAccessible(page, INHERITED);
    WEB.picture(page, "api");
  }

  @Test
  void aCallCanBeTriedThere() {
    Page page = WEB.open("/docs/api");
    Locator product = page.locator("#operations-products-getProduct");
    product.locator(".opblock-summary-control").click();
    product.getByText("Try it out").click();
    product.getByText("Execute").click();

    assertThat(product.locator(".live-responses-table")).containsText("\"name\": \"Tux\"");
    WEB.picture(page, "api-tried");
  }

  @Test
  void itFitsAPhone() {
    Page page = WEB.openOnPhone("/docs/api");
    assertThat(page.locator(".opblock")).hasCount(12);

    assertEquals(Web.PHONE_WIDTH, page.evaluate("document.documentElement.scrollWidth"));
    WEB.picture(page, "api-phone");
  }
}

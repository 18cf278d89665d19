package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shop as customers use it. */
class ShopPageIT {
  @RegisterExtension
  static final Web WEB = new Web();

  @Test
  void theToysAreThere() {
    Page page = WEB.open("/");

    assertThat(page.locator("body")).containsText("Tux");
    WEB.assertAccessible(page);
    WEB.picture(page, "shop");
  }
}

package toystore.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shop as customers use it. */
class ShopPageIT {
  private static final int MAX_BYTES = 40_000;
  private static final Pattern BOUGHT = Pattern.compile("Your order number is \\d+\\.");

  @RegisterExtension
  static final Web WEB = new Web();

  @Test
  void aPurchaseIsAnsweredOnceAndListedAndTheStockIsLess() {
    Page page = WEB.open("/");
    assertThat(stock(page, "Fox")).hasText("100 in stock");

    toy(page, "Fox").getByLabel("More Fox").click();
    buy(page, "Fox");

    assertThat(answer(page)).containsText("You bought 2 × Fox for $24.98.");
    assertThat(answer(page)).containsText(BOUGHT);
    assertThat(stock(page, "Fox")).hasText("98 in stock");
    assertThat(page.locator("#mine li")).hasCount(1);
    WEB.assertAccessible(page);
    WEB.picture(page, "shop");
    page.reload();
    assertThat(page.locator("#mine li")).containsText("2 × Fox");
  }

  @Test
  void twoPeopleSeeEachOthersPurchases() {
    Page one = WEB.open("/");
    Page other = WEB.open("/");
    assertThat(stock(one, "Whale")).hasText("100 in stock");
    assertThat(stock(other, "Whale")).hasText("100 in stock");

    buy(one, "Whale");
    assertThat(stock(other, "Whale")).hasText("99 in stock");
    buy(other, "Whale");

    assertThat(stock(one, "Whale")).hasText("98 in stock");
    assertThat(other.locator("#mine li")).hasCount(1);
  }

  @Test
  void whatIsSoldOutSaysWhenItMayComeBack() {
    Page page = WEB.open("/");
    assertThat(stock(page, "Elephant")).hasText("100 in stock");

    takeByTheApi(page, "Elephant", 97);
    assertThat(stock(page, "Elephant")).hasText("Only 3 left");
    takeByTheApi(page, "Elephant", 3);

    assertThat(stock(page, "Elephant"))
        .containsText(Pattern.compile("Next restock check in \\d+ min"));
    assertThat(toy(page, "Elephant").getByLabel("Buy Elephant")).isDisabled();
    WEB.picture(page, "shop-sold-out");
    WEB.assertAccessible(page);
  }

  @Test
  void whoWantsMoreThanThereIsBuysNothing() {
    Page page = WEB.open("/");

    toy(page, "Kite").getByLabel("Quantity of Kite").fill("101");
    buy(page, "Kite");

    assertThat(answer(page)).containsText("There are only 100 × Kite. Nothing was bought");
    toy(page, "Kite").getByLabel("Quantity of Kite").fill("1.5");
    buy(page, "Kite");
    assertThat(answer(page)).containsText("A whole number from 1");
    assertThat(stock(page, "Kite")).hasText("100 in stock");
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndNothingIsBoughtTwice() {
    Page page = WEB.open("/");
    AtomicInteger sent = new AtomicInteger();
    page.route("**/orders", route -> {
      if (sent.incrementAndGet() == 1) {
        route.fetch(); // The store has it; the browser never hears so.
        route.abort();
      } else {
        route.resume();
      }
    });

    buy(page, "Slinky");
    assertThat(answer(page)).containsText("it is not known yet whether you bought");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again"))
        .click();

    assertThat(answer(page)).containsText(BOUGHT);
    assertThat(stock(page, "Slinky")).hasText("99 in stock");
    assertEquals(2, sent.get());
  }

  @Test
  void anOrderIsFoundByItsNumber() {
    Page page = WEB.open("/");
    buy(page, "Tux");
    assertThat(answer(page)).containsText(BOUGHT);
    String number = answer(page).innerText().replaceAll("(?s).*number is (\\d+)\\..*", "$1");

    find(page, number);
    assertThat(page.locator("#order")).hasText("Order " + number + ": 1 × Tux.");
    find(page, "987654321");
    assertThat(page.locator("#order")).hasText("There is no order 987654321.");
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = WEB.open("/");
    assertThat(stock(page, "Dominoes")).hasText("100 in stock");

    page.getByLabel("Search toys").focus();
    page.keyboard().type("domin");
    assertThat(page.locator(".toy:visible")).hasCount(1);
    page.keyboard().press("Tab"); // fewer
    page.keyboard().press("Tab");
    page.keyboard().press("Tab"); // more
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(answer(page)).containsText("You bought 2 × Dominoes");
    assertThat(toy(page, "Dominoes").getByLabel("Buy Dominoes")).isFocused();
  }

  @Test
  void itIsDarkWhereTheSystemIsAndTheSwitchWins() {
    Page page = WEB.open("/", options -> options.setColorScheme(ColorScheme.DARK));
    assertThat(stock(page, "Tux")).containsText("in stock");
    assertThat(page.locator("body")).hasCSS("background-color", "rgb(22, 21, 28)");
    WEB.assertAccessible(page);
    WEB.picture(page, "shop-dark");

    page.getByLabel("Switch to light colours").click();
    page.reload();

    assertThat(page.locator("body")).hasCSS("background-color", "rgb(250, 248, 244)");
  }

  @Test
  void itFitsAPhone() {
    Page page = WEB.openOnPhone("/");
    assertThat(stock(page, "Tux")).containsText("in stock");

    assertEquals(Web.PHONE_WIDTH, page.evaluate("document.documentElement.scrollWidth"));
    WEB.assertAccessible(page);
    WEB.picture(page, "shop-phone");
  }

  @Test
  void thePageIsThereBeforeTheStoreAnswers() {
    Page page = WEB.open("/nothing-here");
    page.route("**/stock", Route::abort);

    page.navigate(WEB.store().addresses().get(0).resolve("/").toString());

    assertThat(page.locator("h1")).hasText("Toys");
    assertThat(page.locator("#closed")).containsText("The store does not answer");
  }

  @Test
  void aStoreThatIsDownIsSaidToBeAndThePageGoesOnWhenItIsBack() {
    Page page = WEB.open("/");
    assertThat(page.locator("#live")).hasText("Open");

    WEB.store().kill("front-end");
    assertThat(page.locator("#closed")).containsText("The store does not answer");
    assertThat(page.locator("#live")).hasText("Closed");
    WEB.picture(page, "shop-closed");
    WEB.store().start("front-end");

    assertThat(page.locator("#live")).hasText("Open");
    assertThat(page.locator("#closed")).isHidden();
  }

  @Test
  void itWeighsLittle() {
    Page page = WEB.open("/nothing-here");
    AtomicInteger bytes = new AtomicInteger();
    page.onResponse(response -> {
      if (!response.url().endsWith("/stock")) {
        bytes.addAndGet(response.body().length);
      }
    });

    page.navigate(WEB.store().addresses().get(0).resolve("/").toString());

    assertThat(stock(page, "Tux")).containsText("in stock");
    assertTrue(bytes.get() > 0 && bytes.get() < MAX_BYTES, bytes + " bytes");
  }

  private static void takeByTheApi(Page page, String name, int quantity) {
    String body = "{\"name\":\"" + name + "\",\"quantity\":" + quantity + "}";
    assertTrue(page.request()
        .post(
            page.url().replaceFirst("/$", "/orders"),
            RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setData(body))
        .ok());
  }

  private static Locator toy(Page page, String name) {
    return page.locator(".toy")
        .filter(new Locator.FilterOptions()
            .setHas(page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true))));
  }

  private static Locator stock(Page page, String name) {
    return toy(page, name).locator(".stock");
  }

  private static void buy(Page page, String name) {
    toy(page, name).getByLabel("Buy " + name).click();
  }

  private static Locator answer(Page page) {
    return page.locator("#answer");
  }

  private static void find(Page page, String number) {
    page.getByLabel("Order number").fill(number);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Find")).click();
  }
}

package toystore.history;

/** What a correct store never breaks. */
public enum Rule {
  STOCK("no order of events explains what clients saw of this toy's stock"),
  REFUSED_BUT_SOLD("a refused purchase is never sold"),
  NUMBER_CHANGED("a purchase keeps its number"),
  NUMBER_GIVEN_TWICE("a number belongs to one purchase"),
  ORDER_CHANGED("an order never changes"),
  NOT_FOUND_AFTER_ORDER("an order that was seen, and each before it, is found ever after"),
  NUMBERS_OUT_OF_ORDER("numbers grow by one, in the order of time"),
  ORDER_WITHOUT_PURCHASE("every order is a purchase, and every purchase one order at most");

  private final String promise;

  Rule(String promise) {
    this.promise = promise;
  }

  public String promise() {
    return promise;
  }
}

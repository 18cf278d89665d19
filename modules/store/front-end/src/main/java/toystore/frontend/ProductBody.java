package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.util.List;
import toystore.edge.WireFormat;
import toystore.stock.CatalogMessages.ToyState;

/** The public JSON of products. */
final class ProductBody {
  private ProductBody() {}

  static Buffer one(ToyState toy) {
    return WireFormat.encode(new One(Product.of(toy)));
  }

  static Buffer all(List<ToyState> toys) {
    return WireFormat.encode(new All(toys.stream().map(Product::of).toList()));
  }

  private record One(Product data) {}

  private record All(List<Product> data) {}

  /** A toy as customers see it. */
  record Product(String name, BigDecimal price, long quantity) {
    static Product of(ToyState toy) {
      return new Product(toy.name(), BigDecimal.valueOf(toy.priceCents(), 2), toy.quantity());
    }
  }
}

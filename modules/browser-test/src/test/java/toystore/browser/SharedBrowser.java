package toystore.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's Chromium, driven by Playwright; {@code .ci/browser} installs both. */
final class SharedBrowser implements AutoCloseable {
  private static final Path DRIVER = Path.of("target", "driver").toAbsolutePath();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Playwright playwright;
  private final Browser browser;

  SharedBrowser() {
    System.setProperty("playwright.cli.dir", DRIVER.toString());
    String node = program(List.of("node")).orElseThrow().toString();
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node)));
    browser = playwright
        .chromium()
        .launch(new LaunchOptions()
            .setExecutablePath(program(NAMES).orElseThrow())
            .setArgs(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync")));
  }

  /** What browser tests need and this machine has not, if anything. */
  static Optional<String> missing() {
    if (program(NAMES).isEmpty()) {
      return Optional.of("no chromium on this machine; .ci/browser installs it");
    }
    if (program(List.of("node")).isEmpty()) {
      return Optional.of("no node on this machine; .ci/browser installs it");
    }
    boolean driver = Files.exists(DRIVER.resolve("package").resolve("cli.js"));
    return driver
        ? Optional.empty()
        : Optional.of("no driver in " + DRIVER + "; .ci/browser puts it there");
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> program(List<String> names) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .flatMap(path -> Stream.of(path).filter(Files::isExecutable))
        .findFirst();
  }
}

package toystore.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import toystore.relay.Way;

/**
 * A small network for one drill, in words: names, addresses, and the commands that make and break
 * it. Each service has a network namespace of its own, with one interface; a bridge in one more
 * namespace, the switch, joins them and the drill, which stays in the namespace where it is.
 *
 * <p>All names and addresses follow from the number. Whoever makes the switch's namespace has the
 * number, so drills do not meet.
 *
 * <p>Every member is told the hardware addresses of all others for good. A way is cut by telling
 * the sender a wrong one: the frames leave, and nobody takes them. That is silent, for one way
 * only, at once, below TCP, and needs no program but ip.
 *
 * @param number from 0 to below {@link #COUNT}
 */
record Lan(int number) {
  /** The drill among the members. */
  static final String DRILL = "drill";

  /** So many /24 are in 10.208.0.0/12, 172.16.0.0/12 and 192.168.0.0/16. */
  static final int COUNT = 4_096 + 4_096 + 256;

  private static final List<String> MEMBERS = Stream.of(
          Stream.of(Testbed.CATALOG),
          Testbed.REPLICAS.stream(),
          Stream.of(Testbed.FRONT_END, DRILL))
      .flatMap(members -> members)
      .toList();

  private static final String SWITCH = "switch";
  private static final String BRIDGE = "bridge";
  private static final String INTERFACE = "eth0";
  private static final String NOBODY = "02:00:00:00:00:fe";
  private static final int BITS = 24;

  /** Shorter prefixes stand for "everywhere else", in one piece or in two. */
  private static final int MIN_ROUTE_BITS = 2;

  private static final Pattern ROUTE =
      Pattern.compile("^(?:[a-z]+ )?(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)(?:/(\\d+))?(?: .*)?$");

  /** All that are sent to by anybody. */
  static List<Way> ways() {
    return MEMBERS.stream()
        .flatMap(sender -> MEMBERS.stream()
            .filter(receiver -> !receiver.equals(sender))
            .map(receiver -> new Way(sender, receiver)))
        .toList();
  }

  String address(String member) {
    return prefix() + (MEMBERS.indexOf(member) + 1);
  }

  private String prefix() {
    if (number < 4_096) {
      return "10." + (208 + number / 256) + "." + number % 256 + ".";
    }
    int further = number - 4_096;
    return further < 4_096
        ? "172." + (16 + further / 256) + "." + further % 256 + "."
        : "192.168." + (further - 4_096) + ".";
  }

  /**
   * Whether the machine reaches something else by these addresses.
   *
   * @param routes as {@code ip -4 route show table all} lists them
   */
  boolean clashesWith(String routes) {
    return routes.lines().map(ROUTE::matcher).filter(Matcher::matches).anyMatch(this::overlaps);
  }

  private boolean overlaps(Matcher route) {
    int bits = route.group(5) == null ? 32 : Integer.parseInt(route.group(5));
    if (bits < MIN_ROUTE_BITS) {
      return false;
    }
    Matcher own = ROUTE.matcher(prefix() + "0");
    return own.matches() && (bits(own) ^ bits(route)) >>> (32 - Math.min(bits, BITS)) == 0;
  }

  private static int bits(Matcher address) {
    int bits = 0;
    for (int part = 1; part <= 4; part++) {
      bits = bits << 8 | Integer.parseInt(address.group(part));
    }
    return bits;
  }

  /** Takes the number; to be carried out before all else. */
  List<String> take() {
    return words("ip netns add " + namespace(SWITCH));
  }

  /** What makes the network, once the number is taken. */
  List<List<String>> make() {
    String within = at(SWITCH);
    List<List<String>> commands = new ArrayList<>();
    commands.add(words(within + "link add " + BRIDGE + " type bridge"));
    commands.add(words(within + "link set " + BRIDGE + " up"));
    for (String member : MEMBERS) {
      String at = at(member);
      if (!member.equals(DRILL)) {
        commands.add(words("ip netns add " + namespace(member)));
        commands.add(words(at + "link set lo up"));
      }
      commands.add(words(at + "link add " + interfaceOf(member) + " address " + hardware(member)
          + " type veth peer name " + member + " netns " + namespace(SWITCH)));
      commands.add(words(within + "link set " + member + " master " + BRIDGE + " up"));
      commands.add(
          words(at + "addr add " + address(member) + "/" + BITS + " dev " + interfaceOf(member)));
      commands.add(words(at + "link set " + interfaceOf(member) + " up"));
    }
    return commands;
  }

  /** What removes the network, or as much of it as was made. */
  List<List<String>> remove() {
    return Stream.concat(
            Stream.of("ip link del " + interfaceOf(DRILL)),
            namespaces().stream().map(name -> "ip netns del " + name))
        .map(Lan::words)
        .toList();
  }

  /** Whether something of it is in that list of namespaces or interfaces. */
  boolean isIn(String list) {
    return namespaces().stream().anyMatch(name -> names(list, name))
        || names(list, interfaceOf(DRILL));
  }

  private static boolean names(String list, String name) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "(?![\\w-])")
        .matcher(list)
        .find();
  }

  /** Starts a program at that service. */
  List<String> starter(String service) {
    return words("ip netns exec " + namespace(service));
  }

  /** For each sender a command, and what it must be given to read, so that these ways are cut. */
  Map<List<String>, String> cut(Collection<Way> ways) {
    return tell(ways, true);
  }

  /** The same, so that they are good. */
  Map<List<String>, String> heal(Collection<Way> ways) {
    return tell(ways, false);
  }

  private Map<List<String>, String> tell(Collection<Way> ways, boolean cut) {
    return ways.stream()
        .collect(Collectors.groupingBy(
            way -> words(at(way.sender()) + "-batch -"),
            () -> new TreeMap<>((one, other) -> one.toString().compareTo(other.toString())),
            Collectors.mapping(
                way -> "neigh replace " + address(way.receiver()) + " lladdr "
                    + (cut ? NOBODY : hardware(way.receiver())) + " dev "
                    + interfaceOf(way.sender()) + " nud permanent\n",
                Collectors.joining())));
  }

  private List<String> namespaces() {
    return Stream.concat(
            MEMBERS.stream().filter(member -> !member.equals(DRILL)), Stream.of(SWITCH))
        .map(this::namespace)
        .toList();
  }

  private String namespace(String member) {
    return "toystore-" + number + "-" + member;
  }

  private String at(String member) {
    return member.equals(DRILL) ? "ip " : "ip -n " + namespace(member) + " ";
  }

  /** That of the drill is among those of the machine, whose names have 15 characters at most. */
  private String interfaceOf(String member) {
    return member.equals(DRILL) ? "toystore-" + number : INTERFACE;
  }

  /** By the second bit of the first byte, one that no maker has given. */
  private static String hardware(String member) {
    return "02:00:00:00:00:0" + (MEMBERS.indexOf(member) + 1);
  }

  private static List<String> words(String command) {
    return List.of(command.split(" "));
  }
}

package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import toystore.relay.Way;

class LanTest {
  private static final Lan LAN = new Lan(517);

  @Test
  void everyNumberHasAddressesOfItsOwnInThePrivateRanges() {
    Set<String> addresses = IntStream.range(0, Lan.COUNT)
        .mapToObj(number -> new Lan(number).address("catalog"))
        .collect(Collectors.toSet());

    assertEquals(Lan.COUNT, addresses.size());
    String ranges =
        "10\\.(20[89]|21\\d|22[0-3])\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|192\\.168\\..*";
    assertEquals(
        Set.of(),
        addresses.stream().filter(address -> !address.matches(ranges)).collect(Collectors.toSet()));
  }

  @Test
  void anAddressThatIsRoutedElsewhereIsNotTaken() {
    assertEquals("10.210.5.1", LAN.address("catalog"));

    assertTrue(LAN.clashesWith("10.210.5.0/24 dev eth1 proto kernel scope link"));
    assertTrue(LAN.clashesWith("10.0.0.0/8 via 192.0.2.1 dev tun0"));
    assertTrue(LAN.clashesWith("default via 192.0.2.1\nblackhole 10.210.4.0/23"));
    assertTrue(LAN.clashesWith("local 10.210.5.200 dev eth1 table local scope host"));
  }

  @Test
  void otherRoutesAndTheWayToEverywhereElseDoNotMatter() {
    assertFalse(LAN.clashesWith("default via 10.210.6.1 dev eth0 \n"
        + "10.210.6.0/24 dev eth0 proto kernel scope link src 10.210.6.2 \n"
        + "0.0.0.0/1 via 10.211.0.1 dev tun0\n"
        + "local 10.210.4.255 dev eth1 table local scope host\n"
        + "128.0.0.0/1 dev tun0"));
  }

  @Test
  void theNameOfTheDrillsInterfaceIsShortEnoughForAnyNumber() {
    String last = "toystore-" + (Lan.COUNT - 1);

    assertTrue(new Lan(Lan.COUNT - 1).make().contains(words("ip link set " + last + " up")));
    assertTrue(last.length() <= 15);
  }

  @Test
  void allThatIsMadeIsRemoved() {
    Set<String> made = named("add", LAN.make());
    made.addAll(named("add", List.of(LAN.take())));

    assertEquals(6, made.size());
    assertEquals(made, named("del", LAN.remove()));
    assertTrue(LAN.remove().contains(words("ip link del toystore-517")));
  }

  private static Set<String> named(String act, List<List<String>> commands) {
    return commands.stream()
        .filter(command -> command.subList(0, 3).equals(List.of("ip", "netns", act)))
        .map(command -> command.get(3))
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsLeftIsSeen() {
    assertTrue(LAN.isIn("toystore-5170-catalog\ntoystore-517-order-2 (id: 3)\n"));
    assertTrue(LAN.isIn("7: toystore-517@if8: <BROADCAST> mtu 1500\n"));
    assertFalse(LAN.isIn("toystore-5170-catalog\ntoystore-51-order-2\n7: toystore-5170@if8: <>"));
  }

  @Test
  void aCutTellsTheSenderAloneAnAddressThatNobodyHas() {
    Map<List<String>, String> commands =
        LAN.cut(List.of(new Way("order-1", "catalog"), new Way("order-1", "order-3")));

    assertEquals(
        Map.of(
            words("ip -n toystore-517-order-1 -batch -"),
            "neigh replace 10.210.5.1 lladdr 02:00:00:00:00:fe dev eth0 nud permanent\n"
                + "neigh replace 10.210.5.4 lladdr 02:00:00:00:00:fe dev eth0 nud permanent\n"),
        commands);
    assertFalse(LAN.make().toString().contains("02:00:00:00:00:fe"));
  }

  @Test
  void healingTellsTheAddressesThatWereGivenOut() {
    Map<String, String> given = LAN.make().stream()
        .filter(command -> command.contains("veth"))
        .collect(Collectors.toMap(
            command -> command.get(command.indexOf("name") + 1),
            command -> command.get(command.indexOf("address") + 1)));

    Map<List<String>, String> commands = LAN.heal(Lan.ways());

    assertEquals(6, commands.size());
    assertEquals(6, Set.copyOf(given.values()).size());
    given.forEach((member, hardware) -> {
      String told = "neigh replace " + LAN.address(member) + " lladdr " + hardware + " ";
      assertEquals(
          5, commands.values().stream().filter(lines -> lines.contains(told)).count());
    });
  }

  @Test
  void allReachAllOthers() {
    Map<String, Long> receivers = Lan.ways().stream()
        .map(Way::sender)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertEquals(
        Set.of("catalog", "order-1", "order-2", "order-3", "front-end", "drill"),
        receivers.keySet());
    assertEquals(Set.of(5L), Set.copyOf(receivers.values()));
  }

  private static List<String> words(String command) {
    return List.of(command.split(" "));
  }
}

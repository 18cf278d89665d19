package toystore.operations;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on the ports of this machine. */
final class Listeners {
  private Listeners() {}

  /**
   * A socket that waits for connections, as a line of /proc/net/tcp describes it.
   *
   * @param user who has opened it, by number
   */
  record Socket(int port, long inode, String user) {
    private static final String LISTENS = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int USER = 7;
    private static final int INODE = 9;

    static Optional<Socket> of(String line) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length <= INODE || !LISTENS.equals(fields[STATE])) {
        return Optional.empty();
      }
      String address = fields[ADDRESS];
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
      return Optional.of(new Socket(port, Long.parseLong(fields[INODE]), fields[USER]));
    }
  }

  /** The process that listens there, in words; empty when nobody does. */
  static Optional<String> on(int port) {
    return sockets(port).findFirst().map(socket -> process(socket)
        .map(Listeners::describe)
        .orElse("a process of the user with the number " + socket.user()));
  }

  /** The same; empty also when it is not to be seen which process that is. */
  static Optional<Long> processOn(int port) {
    return sockets(port).findFirst().flatMap(Listeners::process);
  }

  private static Stream<Socket> sockets(int port) {
    return Stream.of("net/tcp", "net/tcp6")
        .map(Proc::lines)
        .flatMap(List::stream)
        .map(Socket::of)
        .flatMap(Optional::stream)
        .filter(socket -> socket.port() == port);
  }

  private static Optional<Long> process(Socket socket) {
    return Proc.pids().stream()
        .filter(pid -> Proc.hasSocket(pid, socket.inode()))
        .findFirst();
  }

  private static String describe(long pid) {
    return RunningService.of(pid)
        .map(RunningService::toString)
        .orElseGet(() -> ProcessText.of(pid));
  }
}

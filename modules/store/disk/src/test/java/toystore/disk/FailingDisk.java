package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The operating system's files, on which a step fails after so many. */
final class FailingDisk implements RunDisk {
  private final boolean forEver;
  private final boolean half;
  private int left;

  private FailingDisk(int steps, boolean forEver, boolean half) {
    left = steps;
    this.forEver = forEver;
    this.half = half;
  }

  /**
   * The process is dead then: no further step is done either.
   *
   * @param half whether half of the write is done at which it stops
   */
  static FailingDisk forEver(int steps, boolean half) {
    return new FailingDisk(steps, true, half);
  }

  /** Such as a disk that is full for a moment: all further steps are done. */
  static FailingDisk once(int steps) {
    return new FailingDisk(steps, false, false);
  }

  boolean hasFailed() {
    return left < 0;
  }

  private void step() throws IOException {
    left--;
    if (forEver ? left < 0 : left == -1) {
      throw new IOException("failed");
    }
  }

  @Override
  public void append(FileChannel file, ByteBuffer bytes) throws IOException {
    if (left == 0 && half) {
      RunDisk.super.append(file, bytes.duplicate().limit(bytes.limit() / 2));
    }
    step();
    RunDisk.super.append(file, bytes);
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step();
    RunDisk.super.force(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    RunDisk.super.rename(from, to);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    step();
    RunDisk.super.forceFolder(folder);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    RunDisk.super.delete(file);
  }
}

package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The operating system's files, on which only so many steps are done: then the process is dead. */
final class StoppingDisk implements RunDisk {
  private final boolean half;
  private int left;

  /** @param half whether half of the write is done at which it stops */
  StoppingDisk(int steps, boolean half) {
    left = steps;
    this.half = half;
  }

  boolean isDead() {
    return left < 0;
  }

  private void step() throws IOException {
    if (--left < 0) {
      throw new IOException("dead");
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

package toystore.model;

import java.util.Arrays;

/**
 * Numbers in the order they were added, in pages of 64 KiB: adding one never copies many, so
 * millions are no pause, and to the collector they are a few arrays. Not safe for use by several
 * threads.
 */
public final class LongList {
  private static final int PAGE_BITS = 13;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST = 16;

  /** Only the first page is ever smaller than the others: short lists are many. */
  private long[][] pages = {new long[FIRST]};

  private int size;

  public int size() {
    return size;
  }

  /** @param index from 0 to below {@link #size} */
  public long get(int index) {
    check(index);
    return pages[index >> PAGE_BITS][index & PAGE - 1];
  }

  /** @param index from 0 to below {@link #size} */
  public void set(int index, long value) {
    check(index);
    pages[index >> PAGE_BITS][index & PAGE - 1] = value;
  }

  public void add(long value) {
    int page = size >> PAGE_BITS;
    int place = size & PAGE - 1;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (pages[page] == null) {
      pages[page] = new long[PAGE];
    } else if (place == pages[page].length) {
      pages[page] = Arrays.copyOf(pages[page], place * 2);
    }
    pages[page][place] = value;
    size++;
  }

  /** Memory it takes, to a few bytes. */
  public long bytes() {
    return Arrays.stream(pages)
        .mapToLong(page -> page == null ? 0 : (long) Long.BYTES * page.length)
        .sum();
  }

  private void check(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
  }
}

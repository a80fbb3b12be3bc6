package io.earshot.benchmarks;

import java.io.IOException;

/** Builds {@link PreparedIndexes} ahead of the benchmarks, which else do so in their first fork. */
public final class PrepareData {
  private PrepareData() {}

  /**
   * Prepares the indexes of each size.
   *
   * @param sizes numbers of interactions
   */
  public static void main(String[] sizes) throws IOException {
    if (sizes.length == 0) {
      System.err.println("usage: PrepareData INTERACTIONS...   such as 100000 1000000");
      System.exit(2);
    }
    for (String size : sizes) {
      System.out.println("ready: " + PreparedIndexes.prepare(Integer.parseInt(size)));
    }
  }
}

package io.earshot.examples;

import io.earshot.Hit;
import io.earshot.InteractionIndex;
import io.earshot.indexers.EmailReader;
import java.io.IOException;
import java.nio.file.Path;

/** The README's five lines. */
public final class FiveLines {
  private FiveLines() {}

  /**
   * Indexes one e-mail and searches it.
   *
   * @param args the index's folder, and the e-mail
   */
  public static void main(String[] args) throws IOException {
    try (InteractionIndex index = InteractionIndex.open(Path.of(args[0]))) {
      index.add(EmailReader.read(Path.of(args[1])).withCustomer("c-42"));
      for (Hit hit : index.customer("c-42").search("refund broken kettle").hits()) {
        System.out.println(
            hit.startedAt() + " " + hit.channel() + " " + hit.passages().getFirst().text());
      }
    }
  }
}

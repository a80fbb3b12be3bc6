package io.earshot;

import static io.earshot.Samples.MAY;
import static io.earshot.Samples.chat;

import java.util.List;

/** One history in an index of its own, and among others. */
final class Crowd {
  private Crowd() {}

  /**
   * Gives both indexes the same history of customer c-1.
   *
   * @param crowded holds others besides, and what was replaced since; in a segment each if asked to
   */
  static void fill(
      InteractionIndex alone,
      InteractionIndex crowded,
      List<List<String>> mine,
      List<List<String>> others,
      boolean commits) {
    for (int i = 0; i < others.size(); i++) {
      crowded.add(interaction("before" + i, "c-0", others.get(i)));
      crowded.add(interaction("was" + i, "c-1", others.get(i)));
      if (commits && i % 7 == 0) {
        crowded.commit();
      }
    }
    for (int i = 0; i < mine.size(); i++) {
      alone.add(interaction("" + i, "c-1", mine.get(i)));
      crowded.add(interaction("" + i, "c-1", mine.get(mine.size() - 1 - i)));
      crowded.add(interaction("after" + i, "c-2", others.get(i % others.size())));
    }
    crowded.customer("c-1").suggest("k"); // so that something is counted too early
    for (int i = 0; i < mine.size(); i++) {
      crowded.add(interaction("" + i, "c-1", mine.get(i)));
      if (commits && i % 7 == 0) {
        crowded.commit();
      }
    }
    for (int i = 0; i < others.size(); i++) {
      crowded.remove("was" + i);
    }
  }

  private static Interaction interaction(String id, String customer, List<String> turns) {
    return chat(
        id, customer, MAY.plusSeconds(60L * (id.hashCode() % 3)), turns.toArray(String[]::new));
  }
}

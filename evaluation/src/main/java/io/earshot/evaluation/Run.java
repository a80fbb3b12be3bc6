package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one configuration, of Earshot or of another engine, found for each topic, best first.
 *
 * <p>Reads and writes TREC run files: {@code topic Q0 id rank score tag} on each line.
 *
 * @param name the configuration's name
 * @param rankings what was found, by topic
 */
public record Run(String name, Map<String, List<Entry>> rankings) {
  /**
   * Best first, as trec_eval takes a run file: by score, and of equal scores by id, the greater
   * first; it does not look at ranks, so that a file cannot claim an order its scores do not have.
   */
  private static final Comparator<Entry> AS_TREC_EVAL =
      Comparator.comparingDouble(Entry::score).thenComparing(Entry::id).reversed();

  /**
   * One interaction that was found.
   *
   * @param id the interaction's
   * @param score how well it matches; only the order counts
   */
  public record Entry(String id, double score) {
    /** Checks the components. */
    public Entry {
      requireNonNull(id, "id");
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("score must be finite, got " + score);
      }
    }
  }

  /**
   * Copies the rankings.
   *
   * @throws IllegalArgumentException if something is found twice for one topic
   */
  public Run {
    requireNonNull(name, "name");
    Map<String, List<Entry>> copy = new LinkedHashMap<>();
    requireNonNull(rankings, "rankings")
        .forEach((topic, ranking) -> copy.put(topic, List.copyOf(ranking)));
    copy.forEach(Run::refuseTwice);
    rankings = Collections.unmodifiableMap(copy);
  }

  private static void refuseTwice(String topic, List<Entry> ranking) {
    Set<String> seen = new HashSet<>();
    for (Entry entry : ranking) {
      if (!seen.add(entry.id())) {
        throw new IllegalArgumentException(
            "%s is found a second time for topic %s".formatted(entry.id(), topic));
      }
    }
  }

  /**
   * Reads a TREC run file. Of each topic the greatest score comes first, and of equal scores the
   * greater id, as in trec_eval; the rank is not looked at.
   *
   * @param file its name without {@code .run} becomes the run's
   * @throws InvalidCollectionException if a line is something else, or lists an id a second time
   */
  public static Run read(Path file) throws IOException {
    Map<String, List<Entry>> rankings = new LinkedHashMap<>();
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        List<String> fields = lines.fields();
        if (fields.size() != 6) {
          throw lines.refused(
              "expected topic Q0 id rank score tag, got " + fields.size() + " fields");
        }
        String topic = fields.get(0);
        Entry entry = new Entry(fields.get(2), score(fields.get(4), lines));
        if (!seen.computeIfAbsent(topic, t -> new HashSet<>()).add(entry.id())) {
          throw lines.refused(
              "%s is found a second time for topic %s".formatted(entry.id(), topic));
        }
        rankings.computeIfAbsent(topic, t -> new ArrayList<>()).add(entry);
      }
    }
    rankings.values().forEach(ranking -> ranking.sort(AS_TREC_EVAL));
    return new Run(String.valueOf(file.getFileName()).replaceFirst("[.]run$", ""), rankings);
  }

  private static double score(String text, Lines lines) {
    try {
      double score = Double.parseDouble(text);
      if (Double.isFinite(score)) {
        return score;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw lines.refused("expected a score, a number such as 12.5, got " + text);
  }

  /**
   * Writes a TREC run file.
   *
   * <p>Its scores fall strictly, also when they are read as 32-bit numbers: where two are equal,
   * the second is written a little smaller. So every reader has the order that this run has.
   *
   * @throws IllegalArgumentException if an id holds white space, for which the format has no place
   */
  public void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Map.Entry<String, List<Entry>> topic : rankings.entrySet()) {
        float above = Float.POSITIVE_INFINITY;
        int rank = 0;
        for (Entry entry : topic.getValue()) {
          float score = Math.min((float) entry.score(), Math.nextDown(above));
          rank++;
          out.write(
              "%s Q0 %s %d %s %s\n"
                  .formatted(topic.getKey(), inOneField(entry.id()), rank, score, tag()));
          above = score;
        }
      }
    }
  }

  private String tag() {
    return name.isBlank() ? "run" : name.strip().replaceAll("\\s+", "-");
  }

  private static String inOneField(String id) {
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "EARSHOT-408: the id \""
              + id
              + "\" cannot stand in a TREC run file: it is empty or holds"
              + " white space. Give the interaction another id.");
    }
    return id;
  }

  /** The ids of what was found for a topic, best first, at most so many. */
  public List<String> top(String topic, int most) {
    return rankings.getOrDefault(topic, List.of()).stream().limit(most).map(Entry::id).toList();
  }
}

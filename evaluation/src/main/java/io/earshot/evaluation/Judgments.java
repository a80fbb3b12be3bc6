package io.earshot.evaluation;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which interactions are relevant to a topic, and how much: the relevance judgments.
 *
 * <p>Immutable. What is not listed was not judged and counts as not relevant; so does a grade that
 * is not positive.
 */
public final class Judgments {
  /** Nothing was judged yet. */
  public static final Judgments NONE = new Judgments(Map.of());

  private final Map<String, Map<String, Integer>> grades;

  private Judgments(Map<String, Map<String, Integer>> grades) {
    this.grades = grades;
  }

  /** The judgments of these grades, by topic and then by interaction. */
  public static Judgments of(Map<String, Map<String, Integer>> grades) {
    Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
    requireNonNull(grades, "grades")
        .forEach(
            (topic, ofTopic) ->
                copy.put(topic, Collections.unmodifiableMap(new LinkedHashMap<>(ofTopic))));
    return new Judgments(Collections.unmodifiableMap(copy));
  }

  /**
   * Reads a TREC qrels file: {@code topic 0 id grade} on each line, split at white space. The
   * second field is not looked at.
   *
   * @throws InvalidCollectionException if a line is something else, or judges a second time
   */
  public static Judgments readQrels(Path file) throws IOException {
    Builder judgments = new Builder();
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        List<String> fields = lines.fields();
        if (fields.size() != 4) {
          throw lines.refused("expected topic 0 id grade, got " + fields.size() + " fields");
        }
        judgments.add(fields.get(0), fields.get(2), fields.get(3), lines);
      }
    }
    return judgments.build();
  }

  /**
   * Reads JSON Lines: {@code {"topic","id","grade","reason"}} on each, of which the reason is for
   * people.
   *
   * @throws InvalidCollectionException if a line is something else, or judges a second time
   */
  public static Judgments readJsonLines(Path file) throws IOException {
    Builder judgments = new Builder();
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        JsonFields fields = JsonFields.of(lines).only("topic", "id", "grade", "reason");
        judgments.add(fields.text("topic"), fields.text("id"), fields.text("grade"), lines);
      }
    }
    return judgments.build();
  }

  /** The grades of a topic's judged interactions, by id; empty if none was judged. */
  public Map<String, Integer> of(String topic) {
    return grades.getOrDefault(topic, Map.of());
  }

  /** All grades, by topic and then by interaction. */
  public Map<String, Map<String, Integer>> grades() {
    return grades;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Judgments that && grades.equals(that.grades);
  }

  @Override
  public int hashCode() {
    return grades.hashCode();
  }

  @Override
  public String toString() {
    return "Judgments[topics=" + grades.size() + "]";
  }

  /** Collects judgments line by line. Not thread-safe. */
  static final class Builder {
    private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();

    void add(String topic, String id, String grade, Lines lines) {
      int value;
      try {
        value = Integer.parseInt(grade);
      } catch (NumberFormatException e) {
        throw lines.refused("expected a grade, a whole number such as 2, got " + grade);
      }
      Map<String, Integer> ofTopic = grades.computeIfAbsent(topic, t -> new LinkedHashMap<>());
      if (ofTopic.putIfAbsent(id, value) != null) {
        throw lines.refused("%s is judged a second time for topic %s".formatted(id, topic));
      }
    }

    Judgments build() {
      return of(grades);
    }
  }
}

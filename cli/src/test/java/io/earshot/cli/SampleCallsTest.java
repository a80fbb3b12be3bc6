package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earshot.cli.Earshot.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings, really transcribed: what was said is found, at the second it was said. */
class SampleCallsTest {
  private static final long WITHIN_MS = 150;

  @TempDir private Path folder;

  /** One stretch of a reference transcript. */
  private record Segment(long startMs, long endMs, String text) {
    boolean says(String word) {
      return List.of(text.toLowerCase(Locale.ROOT).split(" ")).contains(word);
    }

    long distanceTo(long timeMs) {
      return timeMs < startMs ? startMs - timeMs : Math.max(0, timeMs - endMs);
    }
  }

  @Test
  void search_wordSaidInSampleCalls_foundAtItsMoment() throws IOException {
    agreesWithReferences(Earshot.HOME.resolve("samples/calls"), "refund");
  }

  @Test
  void search_wordSaidInSharedCalls_foundAtItsMoment() throws IOException {
    agreesWithReferences(sharedCalls(), "refund");
  }

  @Test
  void search_sameCallInEveryFormat_sameMoment() throws IOException {
    Path index = folder.resolve("index");
    List<Path> recordings;
    try (Stream<Path> files = Files.list(sharedCalls())) {
      recordings =
          files
              .filter(file -> file.getFileName().toString().startsWith("call-1006-4."))
              .filter(file -> !file.toString().endsWith(".json"))
              .toList();
    }
    List<Object> arguments = new ArrayList<>(List.of("index", "--index", index));
    arguments.addAll(recordings);
    Earshot.run(arguments.toArray()).succeeds();

    Run run = Earshot.run("search", "--index", index, "--json", "strange");

    assertThat(run.hits()).hasSize(recordings.size()).hasSizeGreaterThanOrEqualTo(6);
    List<Long> starts = run.hits().stream().map(SampleCallsTest::audioStartMs).toList();
    assertThat(Collections.max(starts) - Collections.min(starts)).isLessThan(WITHIN_MS);
  }

  private static Path sharedCalls() {
    Path calls = Path.of(System.getProperty("earshot.data", "")).resolve("calls");
    assumeTrue(Files.isDirectory(calls), "skipped: there are no sample calls at " + calls);
    return calls;
  }

  private void agreesWithReferences(Path calls, String word) throws IOException {
    Map<String, List<Segment>> references = references(calls);
    Path index = folder.resolve("index");
    Earshot.run("index", "--index", index, calls).succeeds();

    Run run = Earshot.run("search", "--index", index, "--json", "--limit", 1_000, word);

    Set<String> expected = new HashSet<>();
    references.forEach(
        (call, segments) -> {
          if (segments.stream().anyMatch(segment -> segment.says(word))) {
            expected.add(call);
          }
        });
    Set<String> found = new HashSet<>();
    List<Long> distances = new ArrayList<>();
    for (Map<?, ?> hit : run.succeeds().hits()) {
      String call = ((String) hit.get("id")).replaceFirst("^(call-\\d+-\\d).*", "$1");
      found.add(call);
      long at = audioStartMs(hit);
      references.get(call).stream()
          .filter(segment -> segment.says(word))
          .mapToLong(segment -> segment.distanceTo(at))
          .min()
          .ifPresent(distances::add);
    }
    assertThat(found).isEqualTo(expected).isNotEmpty();
    Collections.sort(distances);
    assertThat(distances.get(distances.size() / 2)).isLessThanOrEqualTo(WITHIN_MS);
  }

  private static long audioStartMs(Map<?, ?> hit) {
    Map<?, ?> passage = (Map<?, ?>) ((List<?>) hit.get("passages")).getFirst();
    return (Long) passage.get("audioStartMs");
  }

  private static Map<String, List<Segment>> references(Path calls) throws IOException {
    Map<String, List<Segment>> references = new HashMap<>();
    try (Stream<Path> files = Files.list(calls)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ref.json")).toList()) {
        Map<?, ?> reference = (Map<?, ?>) Earshot.parse(Files.readString(file));
        List<Segment> segments = new ArrayList<>();
        for (Object element : (List<?>) reference.get("segments")) {
          Map<?, ?> segment = (Map<?, ?>) element;
          segments.add(
              new Segment(
                  (Long) segment.get("startMs"),
                  (Long) segment.get("endMs"),
                  (String) segment.get("text")));
        }
        references.put((String) reference.get("id"), segments);
      }
    }
    return references;
  }
}

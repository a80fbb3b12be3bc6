package io.earshot.cli;

import io.earshot.Channel;
import io.earshot.Grouping;
import io.earshot.Highlight;
import io.earshot.Hit;
import io.earshot.HitGroup;
import io.earshot.Passage;
import io.earshot.SearchResult;
import io.earshot.TimelineEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer for people to read: what matched is bold on a terminal, in brackets elsewhere. */
final class AnswerText {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final String INDENT = "     ";

  private final PrintWriter out;
  private final ZoneId zone;

  /** Prints there, with times in that zone. */
  AnswerText(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  /**
   * Prints an answer.
   *
   * @param explain whether to say what was understood, and why each hit was found
   */
  void print(SearchResult result, boolean explain) {
    out.println(headline(result));
    remarks(result);
    if (explain) {
      out.println("  understood as");
      QueryTree.lines(result.understood()).forEach(line -> out.println("    " + printable(line)));
    }
    int number = 1;
    for (Hit hit : result.hits()) {
      print(hit, number++, result);
    }
    if (!result.closeHits().isEmpty()) {
      out.println("\nClose, though not all that was asked for:");
      for (Hit hit : result.closeHits()) {
        print(hit, number++, result);
      }
    }
    result.facets().entrySet().stream()
        .filter(facet -> !facet.getValue().isEmpty())
        .forEach(facet -> out.println("\n" + facet.getKey() + ": " + listed(facet.getValue())));
    if (result.coverage().poorlyHeard() > 0) {
      out.println(
          "\n%,d of %,d calls were heard poorly: words said in them may be missing here."
              .formatted(result.coverage().poorlyHeard(), result.coverage().calls()));
    }
    result
        .nextCursor()
        .ifPresent(cursor -> out.println("\n" + Style.HINT.of("Next page: --cursor " + cursor)));
    out.flush();
  }

  private void print(Hit hit, int number, SearchResult result) {
    out.println();
    String whose = result.customer().isEmpty() ? "  of " + printable(hit.customer()) : "";
    out.println("%3d. %s%s".formatted(number, title(hit), whose));
    print(hit);
  }

  private static String headline(SearchResult result) {
    String whose =
        result.customer().map(id -> "the history of " + printable(id)).orElse("all histories");
    String shown =
        result.hits().size() < result.total()
            ? ", " + result.hits().size() + groups(result) + " shown"
            : "";
    return String.format(
        Locale.ROOT,
        "%s%,d %s in %s%s (%.1f ms)",
        result.totalIsExact() ? "" : "at least ",
        result.total(),
        result.total() == 1 ? "hit" : "hits",
        whose,
        shown,
        result.took().toNanos() / 1e6);
  }

  private static String groups(SearchResult result) {
    return result.hits().stream()
        .flatMap(hit -> hit.group().stream())
        .findFirst()
        .map(group -> " " + name(group) + (result.hits().size() == 1 ? "" : "s"))
        .orElse("");
  }

  private static String name(HitGroup group) {
    return group.grouping() == Grouping.THREAD ? "thread" : "episode";
  }

  private void remarks(SearchResult result) {
    if (result.timedOut()) {
      out.println("  Time ran out: this is what was found by then.");
    }
    result
        .didYouMean()
        .ifPresent(meant -> out.println("  " + Style.HINT.of("Did you mean: " + printable(meant))));
    if (result.relaxed()) {
      out.println("  Nothing has all of these words; what each of these lacks is named.");
    }
    for (String warning : result.warnings()) {
      out.println("  (" + printable(warning) + ")");
    }
  }

  private void print(Hit hit) {
    if (!hit.lacks().isEmpty()) {
      out.println(INDENT + "lacks " + struck(hit.lacks()));
    }
    for (Passage passage : hit.passages()) {
      out.println(INDENT + line(passage));
    }
    for (String reason : hit.explanation()) {
      out.println(INDENT + Style.DIM.of("why: " + printable(reason)));
    }
    hit.group().ifPresent(this::print);
  }

  private static String struck(List<String> words) {
    return words.stream()
        .map(
            word ->
                Terminal.coloured()
                    ? Style.STRUCK.of(printable(word))
                    : "[" + printable(word) + "]")
        .collect(Collectors.joining(" "));
  }

  private void print(HitGroup group) {
    if (group.timeline().size() <= 1 && group.repeats() == 0) {
      return; // the hit stands for itself
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s%s: %d shown, %d %s"
            .formatted(
                name(group),
                group.thread().isEmpty() ? "" : " " + oneLine(printable(group.thread())),
                group.timeline().size(),
                group.matched(),
                group.matched() == 1 ? "matches" : "match"));
    if (group.repeats() > 0) {
      parts.add("%d repeating others left out".formatted(group.repeats()));
    }
    if (!group.identifiers().isEmpty()) {
      parts.add("all about " + printable(String.join(", ", group.identifiers())));
    }
    out.println(INDENT + Style.DIM.of(String.join("; ", parts)));
    group.timeline().forEach(entry -> out.println(INDENT + "  " + line(entry)));
  }

  /** When, on what channel, about what. */
  private String title(Hit hit) {
    return "%s  %s  %s%s"
        .formatted(
            Style.DIM.of(time(hit.startedAt())),
            channel(hit.channel()),
            printable(hit.id()),
            hit.subject().map(line -> "  " + oneLine(printable(line))).orElse(""));
  }

  /** One interaction of a timeline; a star marks one that answers the query. */
  String line(TimelineEntry entry) {
    String about = entry.subject().orElse(entry.opening());
    return "%s %s  %s  %s  %s"
        .formatted(
            entry.matched() ? "*" : " ",
            Style.DIM.of(time(entry.startedAt())),
            channel(entry.channel()),
            printable(entry.id()),
            oneLine(printable(about)));
  }

  String time(Instant instant) {
    return DAY_AND_TIME.format(instant.atZone(zone));
  }

  static String channel(Channel channel) {
    return Style.ofChannel(channel.name()).of("%-5s".formatted(channel));
  }

  /** Who, where in the recording, and the words. */
  private static String line(Passage passage) {
    String who =
        passage
            .speaker()
            .or(passage::attachment)
            .orElse(passage.source().name().toLowerCase(Locale.ROOT));
    String role =
        passage.role().map(r -> " (" + r.name().toLowerCase(Locale.ROOT) + ")").orElse("");
    String moment =
        passage.audioStartMs().isPresent()
            ? " at " + clock(passage.audioStartMs().getAsLong())
            : "";
    return Style.DIM.of(oneLine(printable(who)) + role + moment + ":")
        + " "
        + oneLine(marked(passage));
  }

  /** Minutes and seconds, to the tenth: 03:12.4. */
  static String clock(long millis) {
    return String.format(
        Locale.ROOT, "%02d:%02d.%d", millis / 60_000, millis / 1_000 % 60, millis / 100 % 10);
  }

  private static String marked(Passage passage) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (Highlight highlight : passage.highlights()) {
      String match = printable(passage.text().substring(highlight.start(), highlight.end()));
      text.append(printable(passage.text().substring(from, highlight.start())))
          .append(Terminal.coloured() ? Style.MARKED.of(match) : "[" + match + "]");
      from = highlight.end();
    }
    return text.append(printable(passage.text().substring(from))).toString();
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** A message must not move the cursor or recolour the terminal of whoever reads it. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\u202a-\u202e\u2066-\u2069&&[^\\s]]", "\ufffd");
  }

  static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> oneLine(printable(count.getKey())) + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}

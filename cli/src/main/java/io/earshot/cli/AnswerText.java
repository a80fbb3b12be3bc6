package io.earshot.cli;

import io.earshot.Highlight;
import io.earshot.Hit;
import io.earshot.Passage;
import io.earshot.SearchResult;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer for people to read: what matched is bold on a terminal, in brackets elsewhere. */
final class AnswerText {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private AnswerText() {}

  static void print(PrintWriter out, SearchResult result) {
    out.println(headline(result));
    for (String warning : result.warnings()) {
      out.println("  (" + warning + ")");
    }
    int number = 1;
    for (Hit hit : result.hits()) {
      out.println();
      String whose = result.customer().isEmpty() ? "  of " + printable(hit.customer()) : "";
      out.println("%3d. %s%s".formatted(number++, title(hit), whose));
      for (Passage passage : hit.passages()) {
        out.println("     " + line(passage));
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
    out.flush();
  }

  private static String headline(SearchResult result) {
    String whose = result.customer().map(id -> "the history of " + id).orElse("all histories");
    String shown =
        result.hits().size() < result.total() ? ", " + result.hits().size() + " shown" : "";
    return String.format(
        Locale.ROOT,
        "%,d %s in %s%s (%.1f ms)",
        result.total(),
        result.total() == 1 ? "hit" : "hits",
        whose,
        shown,
        result.took().toNanos() / 1e6);
  }

  /** When, on what channel, about what. */
  static String title(Hit hit) {
    String subject = hit.subject().map(line -> "  " + oneLine(printable(line))).orElse("");
    return "%s  %-5s  %s%s"
        .formatted(time(hit.startedAt()), hit.channel(), printable(hit.id()), subject);
  }

  static String time(Instant instant) {
    return DAY_AND_TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** Who, where in the recording, and the words. */
  static String line(Passage passage) {
    String who = passage.speaker().orElse(passage.source().name().toLowerCase(Locale.ROOT));
    String role =
        passage.role().map(r -> " (" + r.name().toLowerCase(Locale.ROOT) + ")").orElse("");
    String moment =
        passage.audioStartMs().isPresent()
            ? " at " + clock(passage.audioStartMs().getAsLong())
            : "";
    return printable(who) + role + moment + ": " + oneLine(marked(passage));
  }

  /** Minutes and seconds, to the tenth: 03:12.4. */
  static String clock(long millis) {
    return String.format(
        Locale.ROOT, "%02d:%02d.%d", millis / 60_000, millis / 1_000 % 60, millis / 100 % 10);
  }

  private static String marked(Passage passage) {
    String open = Terminal.coloured() ? "\u001b[1;33m" : "[";
    String close = Terminal.coloured() ? "\u001b[0m" : "]";
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (Highlight highlight : passage.highlights()) {
      text.append(printable(passage.text().substring(from, highlight.start())))
          .append(open)
          .append(printable(passage.text().substring(highlight.start(), highlight.end())))
          .append(close);
      from = highlight.end();
    }
    return text.append(printable(passage.text().substring(from))).toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** A message must not move the cursor or recolour the terminal of whoever reads it. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\u202a-\u202e\u2066-\u2069&&[^\\s]]", "\ufffd");
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}

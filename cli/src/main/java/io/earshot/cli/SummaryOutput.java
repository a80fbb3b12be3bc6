package io.earshot.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.earshot.CustomerHistory;
import io.earshot.HistorySummary;
import io.earshot.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a history at a glance. */
final class SummaryOutput {
  private final PrintWriter out;
  private final ZoneId zone;

  /** Prints there, with months and times in that zone. */
  SummaryOutput(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  void print(String customer, CustomerHistory history, boolean json) throws IOException {
    HistorySummary summary = history.summary(Clock.system(zone));
    if (json) {
      Json.line(out, generator -> write(generator, customer, summary));
    } else {
      print(customer, summary);
    }
  }

  private static void write(JsonGenerator json, String customer, HistorySummary summary)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("customer", customer);
    json.writeNumberField("interactions", summary.interactions());
    Json.counts(json, "byChannel", summary.byChannel());
    Json.counts(json, "byMonth", summary.byMonth());
    Json.counts(json, "byDirection", summary.byDirection());
    AnswerJson.text(json, "firstContact", summary.firstContact().map(Instant::toString));
    AnswerJson.text(json, "lastContact", summary.lastContact().map(Instant::toString));
    AnswerJson.timeline(json, "openThreads", summary.openThreads());
    json.writeFieldName("characteristicTerms");
    AnswerJson.suggestions(json, summary.characteristicTerms());
    AnswerJson.coverage(json, summary.coverage());
    json.writeEndObject();
  }

  private void print(String customer, HistorySummary summary) {
    if (summary.interactions() == 0) {
      out.println("Nothing is known of " + AnswerText.printable(customer) + ".");
      return;
    }
    AnswerText text = new AnswerText(out, zone);
    out.println(
        "%s: %,d %s, first %s, last %s"
            .formatted(
                AnswerText.printable(customer),
                summary.interactions(),
                summary.interactions() == 1 ? "interaction" : "interactions",
                summary.firstContact().map(text::time).orElse("-"),
                summary.lastContact().map(text::time).orElse("-")));
    counts("channels", summary.byChannel());
    counts("directions", summary.byDirection());
    counts("months", summary.byMonth());
    row(
        "about",
        summary.characteristicTerms().stream()
            .map(Suggestion::text)
            .map(term -> AnswerText.oneLine(AnswerText.printable(term)))
            .collect(Collectors.joining(", ")));
    if (summary.coverage().poorlyHeard() > 0) {
      row(
          "heard poorly",
          "%,d of %,d calls"
              .formatted(summary.coverage().poorlyHeard(), summary.coverage().calls()));
    }
    if (!summary.openThreads().isEmpty()) {
      out.println("\nThe customer had the last word, so an answer may be due:");
      summary.openThreads().forEach(entry -> out.println(text.line(entry)));
    }
    out.flush();
  }

  private void counts(String name, Map<String, Long> counts) {
    row(name, AnswerText.listed(counts));
  }

  private void row(String name, String value) {
    Optional.of(value)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> out.println("  " + Style.DIM.of("%-12s".formatted(name)) + "  " + text));
  }
}

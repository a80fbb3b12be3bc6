package io.earshot.cli;

import io.earshot.evaluation.Evaluation.Row;
import io.earshot.evaluation.Evaluation.Table;
import io.earshot.evaluation.Measure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints an evaluation's tables for reading. */
final class FiguresText {
  private static final String FIRST_COLUMN = "configuration";

  private final PrintWriter out;

  /** Prints there. */
  FiguresText(PrintWriter out) {
    this.out = out;
  }

  void print(List<Table> tables) {
    String between = "";
    for (Table table : tables) {
      out.print(between);
      print(table);
      between = System.lineSeparator();
    }
    out.flush();
  }

  private void print(Table table) {
    int width =
        table.rows().stream()
            .mapToInt(row -> row.configuration().length())
            .reduce(FIRST_COLUMN.length(), Math::max);
    out.println(AnswerText.printable(table.topics()));
    StringBuilder heading = new StringBuilder(padded(FIRST_COLUMN, width)).append("  topics");
    for (Measure measure : Measure.values()) {
      heading.append("  ").append(measure.label());
    }
    out.println(Style.DIM.of(heading.append("       p").toString()));
    for (Row row : table.rows()) {
      out.println(line(row, table.count(), width));
    }
  }

  private static String line(Row row, int topics, int width) {
    StringBuilder line =
        new StringBuilder(padded(AnswerText.printable(row.configuration()), width));
    line.append(String.format(Locale.ROOT, "  %6d", topics));
    for (Measure measure : Measure.values()) {
      String figure = String.format(Locale.ROOT, "%.4f", row.mean(measure));
      line.append("  ")
          .append(" ".repeat(Math.max(0, measure.label().length() - 6)))
          .append(figure);
    }
    return line.append("  ").append(p(row)).toString();
  }

  /** Against the first configuration, by nDCG@10. */
  private static String p(Row row) {
    Double p = row.pValues().get(Measure.NDCG_10);
    if (p == null) {
      return "     -";
    }
    return p < 0.0001 ? "<.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}

package io.earshot.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints what JMH measured as a table in Markdown: percentiles over all forks of all files, and
 * ratios to the baseline.
 *
 * <p>The baseline is the method {@code handWrittenLucene} of the same class with the same
 * parameters, or, given {@code --against name=value}, the same method with that parameter. In
 * brackets stand the least and the greatest of the forks; of a ratio, each fork is taken with the
 * baseline's of the same number, so that what was measured close together is compared.
 */
public final class ResultTable {
  private static final String BASELINE = "handWrittenLucene";

  private final Map<Key, Row> rows = new LinkedHashMap<>();
  private final Optional<String> against;

  private ResultTable(Optional<String> against) {
    this.against = against;
  }

  private record Key(String group, String method, Map<String, String> params) {}

  private record Row(String unit, List<Samples> forks) {}

  /**
   * Prints the table.
   *
   * @param args optionally {@code --against name=value}, then files that JMH wrote
   */
  public static void main(String[] args) throws IOException {
    List<String> files = List.of(args);
    Optional<String> against = Optional.empty();
    if (files.size() > 1 && files.getFirst().equals("--against")) {
      against = Optional.of(files.get(1));
      files = files.subList(2, files.size());
    }
    if (files.isEmpty() || against.filter(param -> !param.contains("=")).isPresent()) {
      System.err.println("usage: ResultTable [--against NAME=VALUE] FILE...");
      System.exit(2);
    }
    List<JmhResult> results = new ArrayList<>();
    for (String file : files) {
      results.addAll(JmhResult.read(Path.of(file)));
    }
    System.out.print(markdown(results, against));
  }

  static String markdown(List<JmhResult> results, Optional<String> against) {
    ResultTable table = new ResultTable(against);
    results.forEach(table::add);
    return table.markdown();
  }

  private void add(JmhResult result) {
    rows.computeIfAbsent(
            new Key(result.group(), result.method(), result.params()),
            key -> new Row(result.unit(), new ArrayList<>()))
        .forks
        .addAll(result.forks());
  }

  private String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | parameters | unit | p50 | p99 | p99.9 | p50 ratio | p99 ratio |\n");
    table.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    rows.forEach(
        (key, row) -> {
          Samples all = pooled(row.forks);
          Optional<Row> baseline =
              baseline(key).flatMap(other -> Optional.ofNullable(rows.get(other)));
          table.append(
              "| %s.%s | %s | %s | %s [%s–%s] | %s | %s | %s | %s |%n"
                  .formatted(
                      key.group,
                      key.method,
                      params(key),
                      row.unit,
                      time(all.percentile(0.5)),
                      time(row.forks.stream().mapToDouble(f -> f.percentile(0.5)).min().orElse(0)),
                      time(row.forks.stream().mapToDouble(f -> f.percentile(0.5)).max().orElse(0)),
                      time(all.percentile(0.99)),
                      time(all.percentile(0.999)),
                      baseline.map(other -> ratio(row, other, 0.5)).orElse(""),
                      baseline.map(other -> ratio(row, other, 0.99)).orElse("")));
        });
    return table.toString();
  }

  private Optional<Key> baseline(Key key) {
    if (against.isEmpty()) {
      return key.method.equals(BASELINE)
          ? Optional.empty()
          : Optional.of(new Key(key.group, BASELINE, key.params));
    }
    String[] param = against.get().split("=", 2);
    Map<String, String> params = new LinkedHashMap<>(key.params);
    Optional<String> mine = Optional.ofNullable(params.replace(param[0], param[1]));
    return mine.filter(value -> !value.equals(param[1]))
        .map(value -> new Key(key.group, key.method, params));
  }

  private static String ratio(Row row, Row baseline, double share) {
    double least = Double.MAX_VALUE;
    double greatest = 0;
    for (int i = 0; i < Math.min(row.forks.size(), baseline.forks.size()); i++) {
      double ratio = row.forks.get(i).percentile(share) / baseline.forks.get(i).percentile(share);
      least = Math.min(least, ratio);
      greatest = Math.max(greatest, ratio);
    }
    return "%.2f [%.2f–%.2f]"
        .formatted(
            pooled(row.forks).percentile(share) / pooled(baseline.forks).percentile(share),
            least,
            greatest);
  }

  private static Samples pooled(List<Samples> forks) {
    Samples all = new Samples();
    forks.forEach(all::addAll);
    return all;
  }

  private static String params(Key key) {
    return key.params.entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String time(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}

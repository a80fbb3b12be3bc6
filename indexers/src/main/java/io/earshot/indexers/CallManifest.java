package io.earshot.indexers;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The calls of a folder as its {@code manifest.csv} lists them: a header, then a line a recording.
 *
 * <p>Immutable.
 */
final class CallManifest {
  static final String NAME = "manifest.csv";

  private static final List<String> FILE_COLUMNS = List.of("file", "audio", "filename");

  private final Map<String, Row> rows;

  private CallManifest(Map<String, Row> rows) {
    this.rows = rows;
  }

  /**
   * One recording.
   *
   * @param file its file name
   * @param line the line of the manifest on which it stands, from 1
   * @param values its fields, in the shape of a side-car
   */
  record Row(String file, long line, Map<String, Object> values) {}

  /**
   * Reads a manifest.
   *
   * @throws IOException if it cannot be read, has no column for the file, or a line is broken; the
   *     message names the line
   */
  static CallManifest read(Path path) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    Map<String, Row> rows = new LinkedHashMap<>();
    try (Reader text =
            new InputStreamReader(
                CsvFiles.withoutMark(Files.newInputStream(path)), StandardCharsets.UTF_8);
        CSVParser csv = format.parse(text)) {
      List<String> columns = csv.getHeaderNames();
      String fileColumn =
          columns.stream()
              .filter(name -> FILE_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> new IOException("line 1: no column is named file"));
      for (CSVRecord record : csv) {
        Row row = row(record, columns, fileColumn, csv.getCurrentLineNumber());
        if (rows.putIfAbsent(row.file(), row) != null) {
          throw new IOException("line %d: the file is listed twice".formatted(row.line()));
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("not valid CSV: a quoted value does not end", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("line 1: a column is named twice or not at all", e);
    }
    return new CallManifest(rows);
  }

  private static Row row(CSVRecord record, List<String> columns, String fileColumn, long line)
      throws IOException {
    if (record.size() != columns.size()) {
      throw new IOException(
          "line %d: %d values for %d columns".formatted(line, record.size(), columns.size()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> agent = new LinkedHashMap<>();
    Map<String, Object> customer = new LinkedHashMap<>();
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String column : columns) {
      String value = record.get(column);
      if (value.isEmpty() || column.equals(fileColumn)) {
        continue;
      }
      switch (column.toLowerCase(Locale.ROOT)) {
        case "id" -> values.put("id", value);
        case "customer", "customerid" -> customer.put("id", value);
        case "customername" -> customer.put("name", value);
        case "customeraddress" -> customer.put("address", value);
        case "agent", "agentid" -> agent.put("id", value);
        case "agentname" -> agent.put("name", value);
        case "agentaddress" -> agent.put("address", value);
        case "startedat" -> values.put("startedAt", value);
        case "direction" -> values.put("direction", value);
        case "agentchannel" -> values.put("agentChannel", value);
        case "subject" -> values.put("subject", value);
        case "thread" -> values.put("thread", value);
        case "language" -> values.put("language", value);
        case "tags" -> values.put("tags", tags(value));
        default -> attributes.put(column, value);
      }
    }
    putUnlessEmpty(values, "agent", agent);
    putUnlessEmpty(values, "customer", customer);
    putUnlessEmpty(values, "attributes", attributes);
    String file = record.get(fileColumn);
    if (file.isEmpty()) {
      throw new IOException("line %d: it names no file".formatted(line));
    }
    return new Row(file, line, values);
  }

  private static void putUnlessEmpty(
      Map<String, Object> values, String name, Map<String, Object> object) {
    if (!object.isEmpty()) {
      values.put(name, object);
    }
  }

  private static List<String> tags(String value) {
    List<String> tags = new ArrayList<>();
    for (String tag : value.split(";", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
    return tags;
  }

  /** The line of that recording. */
  Optional<Row> row(String fileName) {
    return Optional.ofNullable(rows.get(fileName));
  }

  /** The lines whose recording is not among those files. */
  List<Row> missing(Set<String> fileNames) {
    return rows.values().stream().filter(row -> !fileNames.contains(row.file())).toList();
  }
}

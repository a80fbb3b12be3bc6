package io.earshot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.earshot.Hit;
import io.earshot.InteractionIndex;
import io.earshot.ParsedQuery;
import io.earshot.Query;
import io.earshot.SearchRequest;
import io.earshot.SearchResult;
import io.earshot.Synonyms;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of {@code docs/query-language.md} does what the document says. */
class QueryLanguageDocTest {
  private static final Path DOCUMENT = Earshot.HOME.resolve("docs/query-language.md");
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final Clock CLOCK =
      Clock.fixed(LocalDateTime.parse("2026-05-20T12:00").atZone(LONDON).toInstant(), LONDON);
  private static final Pattern HISTORY = Pattern.compile("(?ms)^```history\\n(.*?)^```$");
  private static final Pattern SYNONYMS = Pattern.compile("(?ms)^```synonyms\\n(.*?)^```$");
  private static final Pattern TABLE = Pattern.compile("(?m)(?:^\\|.*\\n)+");

  private static InteractionIndex index;
  private static String document;

  @TempDir private static Path folder;

  @BeforeAll
  static void indexTheHistory() throws IOException {
    document = Files.readString(DOCUMENT);
    Matcher history = HISTORY.matcher(document);
    assertThat(history.find()).isTrue();
    index = InteractionIndex.builder().inMemory().open();
    DocumentedHistory.read(history.group(1), LONDON).forEach(index::add);
  }

  @AfterAll
  static void close() {
    index.close();
  }

  /** One line of a table: what its first column holds, and the others. */
  private record Row(String typed, List<String> cells) {}

  /** The lines of all tables with these columns. */
  private static List<Row> rows(String... header) {
    List<Row> rows = new ArrayList<>();
    Matcher table = TABLE.matcher(document);
    while (table.find()) {
      List<List<String>> lines = table.group().lines().map(QueryLanguageDocTest::cells).toList();
      if (lines.getFirst().equals(List.of(header))) {
        for (List<String> cells : lines.subList(2, lines.size())) {
          rows.add(new Row(unquoted(cells.getFirst()), cells.subList(1, cells.size())));
        }
      }
    }
    assertThat(rows).as("rows of " + Arrays.toString(header)).isNotEmpty();
    return rows;
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    return Stream.of(inner.substring(1, inner.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static String unquoted(String cell) {
    return cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : "";
  }

  private static List<String> listed(String cell) {
    return cell.isEmpty() || cell.equals("nothing") ? List.of() : List.of(cell.split(", "));
  }

  private static SearchResult search(String typed) {
    return index
        .customer("c-1")
        .search(SearchRequest.builder(typed).clock(CLOCK).limit(100).passages(100).build());
  }

  private static List<String> found(SearchResult result) {
    return result.hits().stream().map(Hit::id).toList();
  }

  private static List<DynamicTest> each(List<Row> rows, Consumer<Row> test) {
    return rows.stream()
        .map(row -> dynamicTest("typed: " + row.typed, () -> test.accept(row)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> search_example_findsWhatIsNamed() {
    return each(
        rows("typed", "finds"),
        row -> {
          SearchResult result = search(row.typed);

          assertThat(found(result))
              .containsExactlyInAnyOrderElementsOf(listed(row.cells.getFirst()));
          assertThat(result.warnings()).isEmpty();
          assertThat(result.relaxed()).isFalse();
          assertThat(Query.parse(result.understood().toString(), CLOCK))
              .isEqualTo(new ParsedQuery(result.understood(), List.of()));
        });
  }

  @TestFactory
  List<DynamicTest> search_exampleWithSynonyms_findsWhatIsNamed() {
    Matcher synonyms = SYNONYMS.matcher(document);
    assertThat(synonyms.find()).isTrue();
    Synonyms documented = Synonyms.parse(synonyms.group(1));
    return each(
        rows("with synonyms", "finds"),
        row -> {
          index.useSynonyms(documented);
          try {
            SearchResult result = search(row.typed);

            assertThat(found(result))
                .containsExactlyInAnyOrderElementsOf(listed(row.cells.getFirst()));
            assertThat(result.warnings()).isEmpty();
            assertThat(result.relaxed()).isFalse();
          } finally {
            index.useSynonyms(Synonyms.none());
          }
        });
  }

  @TestFactory
  List<DynamicTest> search_exampleOfRelaxing_lacksWhatIsNamed() {
    return each(
        rows("typed", "finds", "each lacks"),
        row -> {
          SearchResult result = search(row.typed);

          assertThat(found(result))
              .containsExactlyInAnyOrderElementsOf(listed(row.cells.getFirst()));
          assertThat(result.hits())
              .allSatisfy(hit -> assertThat(hit.lacks()).isEqualTo(listed(row.cells.get(1))));
          assertThat(result.relaxed()).isEqualTo(!result.hits().isEmpty());
        });
  }

  @TestFactory
  List<DynamicTest> search_exampleOfCloseHits_lackWhatIsNamed() {
    return each(
        rows("typed", "finds", "comes close"),
        row -> {
          SearchResult result = search(row.typed);

          assertThat(found(result))
              .containsExactlyInAnyOrderElementsOf(listed(row.cells.getFirst()));
          assertThat(result.total()).isEqualTo(result.hits().size());
          assertThat(
                  result.closeHits().stream()
                      .map(hit -> "%s (%s)".formatted(hit.id(), String.join(" ", hit.lacks()))))
              .containsExactlyInAnyOrderElementsOf(listed(row.cells.get(1)));
        });
  }

  @TestFactory
  List<DynamicTest> search_misspelt_offersWhatIsNamed() {
    return each(
        rows("typed", "did you mean"),
        row -> assertThat(search(row.typed).didYouMean()).hasValue(row.cells.getFirst()));
  }

  @TestFactory
  List<DynamicTest> search_example_marksWhatIsNamed() {
    return each(
        rows("typed", "in", "marks"),
        row -> {
          Hit hit =
              search(row.typed).hits().stream()
                  .filter(one -> one.id().equals(row.cells.getFirst()))
                  .findAny()
                  .orElseThrow();

          assertThat(marked(hit)).containsExactlyInAnyOrderElementsOf(listed(row.cells.get(1)));
        });
  }

  private static List<String> marked(Hit hit) {
    return hit.passages().stream()
        .flatMap(
            passage ->
                passage.highlights().stream()
                    .map(mark -> passage.text().substring(mark.start(), mark.end())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> search_exampleOfWhatIsNotUnderstood_warns() {
    return each(
        rows("typed", "understood as", "warning"),
        row -> {
          SearchResult result = search(row.typed);

          assertThat("`" + result.understood() + "`").isEqualTo(row.cells.getFirst());
          assertThat(result.warnings()).containsExactly(row.cells.get(1).split("<br>", -1));
        });
  }

  @Test
  void document_examples_showEveryKindOfQuery() {
    Set<Class<?>> shown = new HashSet<>();
    rows("typed", "finds").forEach(row -> collect(Query.parse(row.typed, CLOCK).query(), shown));

    assertThat(shown).containsExactlyInAnyOrder(Query.class.getPermittedSubclasses());
  }

  private static void collect(Query query, Set<Class<?>> kinds) {
    kinds.add(query.getClass());
    for (RecordComponent component : query.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(query);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
      List<?> parts = value instanceof List<?> list ? list : Collections.singletonList(value);
      for (Object part : parts) {
        if (part instanceof Query inner) {
          collect(inner, kinds);
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> parse_example_isTheTreeInJava() throws Exception {
    List<Row> rows = rows("typed", "in Java");
    Map<String, Query> built = built(rows);

    return each(
        rows,
        row ->
            assertThat(Query.parse(row.typed, CLOCK))
                .isEqualTo(new ParsedQuery(built.get(row.typed), List.of())));
  }

  @Test
  void document_examplesInJava_showEveryKindOfQuery() throws Exception {
    Set<Class<?>> shown = new HashSet<>();
    built(rows("typed", "in Java")).values().forEach(query -> collect(query, shown));

    assertThat(shown).containsExactlyInAnyOrder(Query.class.getPermittedSubclasses());
  }

  /** What the document's Java makes, by what is typed for it. */
  @SuppressWarnings("unchecked")
  private static Map<String, Query> built(List<Row> rows) throws Exception {
    String puts =
        rows.stream()
            .map(
                row ->
                    "    built.put(\"%s\", %s);"
                        .formatted(row.typed.replace("\"", "\\\""), unquoted(row.cells.getFirst())))
            .collect(Collectors.joining("\n"));
    Path source =
        Files.writeString(
            folder.resolve("Built.java"),
            """
            import io.earshot.*;
            import io.earshot.Query.*;
            import java.time.*;
            import java.util.*;
            import java.util.function.Supplier;

            public class Built implements Supplier<Map<String, Query>> {
              public Map<String, Query> get() {
                Map<String, Query> built = new TreeMap<>();
            %s
                return built;
              }
            }
            """
                .formatted(puts));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                null,
                null,
                List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Supplier<Map<String, Query>> supplier =
          (Supplier<Map<String, Query>>)
              loader.loadClass("Built").getDeclaredConstructor().newInstance();
      return new TreeMap<>(supplier.get());
    }
  }
}

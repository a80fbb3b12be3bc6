package io.earshot;

import static java.util.Objects.requireNonNull;

import io.earshot.internal.Analysis;
import io.earshot.internal.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Words of a trade that mean the same: what is typed is also looked for by its synonyms.
 *
 * <pre>
 * # customer service
 * tv, television                     either finds the other
 * credit card, cc                    several words on either side
 * etd =&gt; estimated time of delivery  one way: "etd" finds the phrase, the phrase does not find "etd"
 * </pre>
 *
 * <p>The format is Solr's: a rule a line, words or phrases with commas between them; what stands
 * before {@code =>} is also looked for by what stands behind it. A line that begins with {@code #}
 * is a comment, and a backslash takes what follows it as text: {@code \,}. What is typed is itself
 * always looked for, too, also where Solr would replace it: the exact form is always searchable.
 * Rules are compared by folded form and by stem, in the languages of the history that is searched.
 * They do not follow one another: what a rule adds is looked up in no other.
 *
 * <p>Nothing of this is in the index. {@link InteractionIndex#useSynonyms} takes other rules at any
 * time; {@code docs/query-language.md} says what they do.
 *
 * <p>Immutable. At most {@value #MOST_RULES} rules of at most {@value #MOST_ENTRIES} entries, each
 * of at most {@value #MOST_WORDS} words; they are prepared for the index's default language when
 * they are given to it, and for another one when it is first searched in.
 */
public final class Synonyms {
  static final int MOST_RULES = 100_000;
  static final int MOST_ENTRIES = 100;
  static final int MOST_WORDS = 20;

  private static final int MOST_BYTES = 64 << 20;
  private static final Synonyms NONE = new Synonyms(List.of());

  private final List<Rule> rules;
  private final int longest;
  private final String fingerprint;
  private final Map<String, Map<List<String>, List<Rule>>> byLanguage = new ConcurrentHashMap<>();

  private Synonyms(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    longest =
        rules.stream()
            .flatMap(rule -> rule.typed.stream())
            .mapToInt(entry -> entry.words.size())
            .max()
            .orElse(0);
    fingerprint = rules.isEmpty() ? "" : digest(toString());
  }

  /**
   * A word, or several.
   *
   * @param words as {@link #words} gives them without a language
   */
  record Entry(String text, List<String> words) {}

  /**
   * One line.
   *
   * @param typed what is looked for by the others, too
   * @param others empty: all that are typed are looked for by one another
   */
  record Rule(List<Entry> typed, List<Entry> others) {
    /** Copies the lists. */
    Rule {
      typed = List.copyOf(typed);
      others = List.copyOf(others);
    }

    /** What to look for besides, the typed one among them. */
    List<Entry> lookedFor() {
      return others.isEmpty() ? typed : others;
    }
  }

  /** No rules at all. */
  public static Synonyms none() {
    return NONE;
  }

  /**
   * Reads a file of rules, in UTF-8.
   *
   * @throws EarshotException if a line is no rule, number EARSHOT-114; the message names the line
   * @throws IOException if the file cannot be read
   */
  public static Synonyms read(Path file) throws IOException {
    String place = "file=" + requireNonNull(file, "file") + ", ";
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw malformed("the file is larger than 64 MB", place, 1);
    }
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte one : bytes) {
      if (one == '\n') {
        lines.add(decoded(line, place, lines.size() + 1));
        line.reset();
      } else {
        line.write(one);
      }
    }
    lines.add(decoded(line, place, lines.size() + 1));
    return parse(lines, place);
  }

  private static String decoded(ByteArrayOutputStream line, String place, int number) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("the line is not UTF-8", place, number);
    }
  }

  /**
   * Reads rules from a text.
   *
   * @throws EarshotException if a line is no rule, number EARSHOT-114; the message names the line
   */
  public static Synonyms parse(String text) {
    return parse(List.of(requireNonNull(text, "text").split("\n", -1)), "");
  }

  /**
   * Reads rules; reads to the end and does not close.
   *
   * @throws EarshotException if a line is no rule, number EARSHOT-114; the message names the line
   * @throws IOException if the reader fails
   */
  public static Synonyms parse(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    requireNonNull(reader, "reader").transferTo(text);
    return parse(text.toString());
  }

  private static Synonyms parse(List<String> lines, String place) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = spaced(lines.get(i));
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (rules.size() == MOST_RULES) {
        throw malformed("there are more than 100,000 rules", place, i + 1);
      }
      try {
        rules.add(rule(line));
      } catch (IllegalArgumentException e) {
        throw malformed(String.valueOf(e.getMessage()), place, i + 1);
      }
    }
    return rules.isEmpty() ? NONE : new Synonyms(rules);
  }

  private static EarshotException malformed(String fault, String place, int line) {
    return new EarshotException(
        "EARSHOT-114",
        "cannot read synonyms: %s (%sline=%d). A line is words that mean the same, as in \"tv, television\", or words and what else to look for, as in \"etd => time of delivery\""
            .formatted(fault, place, line));
  }

  private static Rule rule(String line) {
    List<List<Entry>> sides = new ArrayList<>(List.of(new ArrayList<>()));
    StringBuilder entry = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
        require(i < line.length(), "the line ends in a backslash");
        entry.append(line.charAt(i));
      } else if (c == ',') {
        add(sides.getLast(), entry);
      } else if (line.startsWith("=>", i)) {
        i++;
        add(sides.getLast(), entry);
        sides.add(new ArrayList<>());
      } else {
        entry.append(c);
      }
    }
    add(sides.getLast(), entry);
    require(sides.size() <= 2, "the line has more than one =>");
    require(sides.size() == 2 || sides.getFirst().size() > 1, "a single entry has no synonym");
    return new Rule(sides.getFirst(), sides.size() == 2 ? sides.getLast() : List.of());
  }

  private static void add(List<Entry> side, StringBuilder entry) {
    String text = spaced(entry.toString());
    entry.setLength(0);
    List<String> words = words(text, "");
    require(!text.isEmpty(), "an entry is empty");
    require(!words.isEmpty(), "an entry has no letter or digit");
    require(words.size() <= MOST_WORDS, "an entry has more than 20 words");
    side.add(new Entry(text, words));
    require(side.size() <= MOST_ENTRIES, "there are more than 100 entries");
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** With one space where there is any white space, and none around. */
  private static String spaced(String text) {
    StringBuilder spaced = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
      boolean follows = !spaced.isEmpty() && spaced.charAt(spaced.length() - 1) != ' ';
      if (!space) {
        spaced.append(c);
      } else if (follows) {
        spaced.append(' ');
      }
    }
    return spaced.toString().stripTrailing();
  }

  /** Whether there is no rule. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Number of rules. */
  public int size() {
    return rules.size();
  }

  /** The rules as a file holds them, a line each; they parse to equal ones. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    for (Rule rule : rules) {
      String typed = printed(rule.typed);
      lines.append(typed.startsWith("#") ? "\\" : "").append(typed);
      lines.append(rule.others.isEmpty() ? "" : " => ").append(printed(rule.others)).append('\n');
    }
    return lines.toString();
  }

  private static String printed(List<Entry> entries) {
    return String.join(
        ", ",
        entries.stream()
            .map(one -> one.text.replace("\\", "\\\\").replace(",", "\\,").replace("=>", "\\=>"))
            .toList());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Synonyms that && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }

  /** The same for equal rules alone; empty if there are none. */
  String fingerprint() {
    return fingerprint;
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Most words that a rule looks for when they are typed. */
  int longest() {
    return longest;
  }

  /**
   * The words of a text as rules compare them.
   *
   * @param code of a language, whose stems count; if it is empty, only the words themselves
   */
  static List<String> words(String text, String code) {
    Tokens tokens = Analysis.tokens(text, code.isEmpty() ? List.of() : List.of(code));
    List<String> words = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      List<String> stems = tokens.stems(i);
      words.add(stems.isEmpty() ? tokens.exact(i) : stems.getFirst());
    }
    return words;
  }

  /** Does at once what the first search in that language, by its code, would have to wait for. */
  void prepare(String code) {
    if (!isEmpty()) {
      rules(List.of(), "");
      rules(List.of(), code);
    }
  }

  /** The rules for what is typed with these words, as {@link #words} gives them, in that order. */
  List<Rule> rules(List<String> words, String code) {
    return byLanguage.computeIfAbsent(code, this::byWords).getOrDefault(words, List.of());
  }

  private Map<List<String>, List<Rule>> byWords(String code) {
    Map<List<String>, List<Rule>> byWords = new HashMap<>();
    for (Rule rule : rules) {
      for (Entry typed : rule.typed) {
        List<String> words = code.isEmpty() ? typed.words : words(typed.text, code);
        List<Rule> same = byWords.computeIfAbsent(words, key -> new ArrayList<>(1));
        if (same.isEmpty() || !same.getLast().equals(rule)) {
          same.add(rule);
        }
      }
    }
    return byWords;
  }
}

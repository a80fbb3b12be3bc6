package io.earshot.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TREC's layout: {@code *.trec} with documents in SGML, {@code topics.txt} in SGML or as an id, a
 * tab and the query on each line, and {@code qrels.txt}.
 */
record TrecFormat(Path folder) implements CollectionFormat {
  private static final Pattern NUMBER = Pattern.compile("<num>\\s*(?:Number:)?\\s*([^<\\s]+)");
  private static final Pattern TITLE = Pattern.compile("<title>\\s*(?:Topic:)?([^<]*)");
  private static final Pattern DESCRIPTION = Pattern.compile("<desc>\\s*(?:Description:)?([^<]*)");

  private static final Pattern DOCUMENT_NUMBER =
      Pattern.compile("<DOCNO>\\s*([^<\\s]+)\\s*</DOCNO>");
  private static final Pattern HEADLINE =
      Pattern.compile("<(TITLE|HEADLINE)>(.*?)</\\1>", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("<TEXT>(.*?)</TEXT>", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");

  @Override
  public Path topicsFile() {
    return folder.resolve("topics.txt");
  }

  @Override
  public List<Topic> topics(Judgments judgments) throws IOException {
    TopicList topics = new TopicList();
    try (Lines lines = Lines.of(topicsFile())) {
      while (lines.next()) {
        if (lines.text().strip().startsWith("<top>")) {
          String text = whole(lines, "</top>");
          topics.add(() -> sgmlTopic(text, lines), lines);
        } else {
          topics.add(() -> tabbedTopic(lines), lines);
        }
      }
    }
    return topics.topics();
  }

  /** The lines from this one to the one with the end tag. */
  private static String whole(Lines lines, String end) throws IOException {
    int began = lines.number();
    StringBuilder text = new StringBuilder(lines.text());
    while (!lines.text().contains(end)) {
      if (!lines.read()) {
        throw lines.refused("there is no " + end + " for line " + began);
      }
      text.append('\n').append(lines.text());
    }
    if (!text.substring(text.indexOf(end) + end.length()).isBlank()) {
      throw lines.refused("expected nothing behind " + end);
    }
    return text.toString();
  }

  private static Topic sgmlTopic(String text, Lines lines) {
    String id = first(NUMBER, text).orElseThrow(() -> lines.refused("the topic lacks <num>"));
    String query = first(TITLE, text).orElseThrow(() -> lines.refused("the topic lacks <title>"));
    return new Topic(
        id,
        Optional.empty(),
        oneLine(query),
        first(DESCRIPTION, text).map(TrecFormat::oneLine).filter(need -> !need.isEmpty()),
        Optional.empty(),
        Optional.empty());
  }

  private static Topic tabbedTopic(Lines lines) {
    int tab = lines.text().indexOf('\t');
    if (tab < 0) {
      throw lines.refused("expected <top>, or an id, a tab and the query");
    }
    return Topic.of(
        lines.text().substring(0, tab).strip(), lines.text().substring(tab + 1).strip());
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(matcher.groupCount())) : Optional.empty();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  @Override
  public Judgments judgments() throws IOException {
    Path qrels = folder.resolve("qrels.txt");
    return Files.isRegularFile(qrels) ? Judgments.readQrels(qrels) : Judgments.NONE;
  }

  @Override
  public List<Path> interactionFiles() throws IOException {
    return CollectionFormat.files(folder, ".trec");
  }

  @Override
  public void readInteractions(Path file, Sink sink) throws IOException {
    try (Lines lines = Lines.of(file)) {
      while (lines.next()) {
        if (!lines.text().strip().startsWith("<DOC>")) {
          throw lines.refused("expected <DOC>");
        }
        String text = whole(lines, "</DOC>");
        String id =
            first(DOCUMENT_NUMBER, text)
                .orElseThrow(() -> lines.refused("the document that ends here lacks <DOCNO>"));
        sink.take(
            PublicDocument.note(
                id, oneLine(plain(first(HEADLINE, text).orElse(""))), body(text), lines));
      }
    }
  }

  /**
   * All its texts; of a document that marks none, all that is not a tag, the number or headline.
   */
  private static String body(String document) {
    List<String> texts = new ArrayList<>();
    Matcher matcher = TEXT.matcher(document);
    while (matcher.find()) {
      texts.add(matcher.group(1));
    }
    String body =
        texts.isEmpty()
            ? HEADLINE.matcher(DOCUMENT_NUMBER.matcher(document).replaceFirst("")).replaceFirst("")
            : String.join("\n", texts);
    return plain(body).strip();
  }

  private static String plain(String sgml) {
    return TAG.matcher(sgml)
        .replaceAll(" ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}

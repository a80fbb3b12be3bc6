package io.earshot.indexers.internal.mail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds Message-IDs in Message-ID, In-Reply-To and References fields (RFC 5322, 3.6.4). */
final class MessageIds {
  private static final int MAX_IDS = 10_000;
  private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,2000})>");
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

  private MessageIds() {}

  /**
   * The ids of a field, without angle brackets, comments and white space, each once and in order.
   * Without any brackets the words that hold an @ are ids.
   */
  static List<String> parse(String field) {
    Set<String> ids = new LinkedHashSet<>();
    Matcher brackets = BRACKETED.matcher(field);
    while (brackets.find() && ids.size() < MAX_IDS) {
      add(brackets.group(1), ids);
    }
    if (ids.isEmpty()) {
      for (String word : COMMENT.matcher(field).replaceAll(" ").split("[\\s,<>]+", -1)) {
        if (word.indexOf('@') > 0 && ids.size() < MAX_IDS) {
          ids.add(word);
        }
      }
    }
    return new ArrayList<>(ids);
  }

  /** The id a message has itself: as above, or the whole field where it is a word without an @. */
  static String own(String field) {
    List<String> ids = parse(field);
    if (!ids.isEmpty()) {
      return ids.get(0);
    }
    String word = HeaderText.collapsed(field.replaceAll("[<>]", ""));
    return word.indexOf(' ') < 0 ? word : "";
  }

  private static void add(String text, Set<String> ids) {
    String id = COMMENT.matcher(text).replaceAll("").replaceAll("\\s+", "");
    if (!id.isEmpty()) {
      ids.add(id);
    }
  }
}

package io.earshot.indexers.internal.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One mailbox of an address header.
 *
 * @param name the name to show, decoded; empty if there is none
 * @param address the address as written, without white space and comments; empty if there is none
 */
record MailAddress(String name, String address) {
  /** More mailboxes in one field are no correspondence. */
  private static final int MAX_MAILBOXES = 20_000;

  /** What names the mailbox: the address in lower case, else the name in lower case. */
  String id() {
    return (address.isEmpty() ? name : address).toLowerCase(Locale.ROOT);
  }

  Optional<String> optionalName() {
    return Optional.of(name).filter(text -> !text.isEmpty());
  }

  /** The mailboxes of a field, in order; never fails, and leaves out what names nobody. */
  static List<MailAddress> parse(String field) {
    return new Parser(field).parse();
  }

  /** Walks over the field once. What is never closed (quotes, comments, brackets) is no bracket. */
  private static final class Parser {
    private final String field;
    private final List<MailAddress> found = new ArrayList<>();
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private final StringBuilder address = new StringBuilder();
    private boolean commentsClose = true;
    private int at;

    Parser(String field) {
      this.field = field;
    }

    List<MailAddress> parse() {
      while (at < field.length() && found.size() < MAX_MAILBOXES) {
        char c = field.charAt(at++);
        switch (c) {
          case '"' -> quoted();
          case '(' -> comment();
          case '<' -> bracket();
          case ',', ';' -> flush();
          case ':' -> group();
          case '>' -> {}
          default -> phrase.append(c);
        }
      }
      flush();
      return found;
    }

    private void quoted() {
      int close = at;
      while (close < field.length() && field.charAt(close) != '"') {
        close += field.charAt(close) == '\\' ? 2 : 1;
      }
      if (close >= field.length()) {
        return;
      }
      String text = field.substring(at, close).replaceAll("\\\\(.)", "$1");
      at = close + 1;
      boolean localPart = at < field.length() && field.charAt(at) == '@';
      phrase.append(localPart ? "\"" + text.replace(' ', '\u00A0') + "\"" : text);
    }

    private void comment() {
      int depth = 1;
      int close = at;
      while (commentsClose && close < field.length() && depth > 0) {
        char c = field.charAt(close);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        close += c == '\\' ? 2 : 1;
      }
      if (depth > 0) {
        // Looking for the end again at each bracket would take quadratic time.
        commentsClose = false;
        return;
      }
      if (comment.isEmpty()) {
        comment.append(field, at, Math.min(close, field.length()) - 1);
      }
      at = Math.min(close, field.length());
      phrase.append(' ');
    }

    private void bracket() {
      int close = field.indexOf('>', at);
      int comma = field.indexOf(',', at);
      int semicolon = field.indexOf(';', at);
      int end =
          close >= 0 ? close : comma >= 0 ? comma : semicolon >= 0 ? semicolon : field.length();
      String inside = field.substring(at, end);
      at = close >= 0 ? close + 1 : end;
      String clean = withoutComments(inside).replaceAll("[\\s<]+", "");
      // A route before the address (RFC 5322, 4.4) is no part of it.
      int route = clean.startsWith("@") ? clean.indexOf(':') : -1;
      if (address.isEmpty()) {
        address.append(clean.substring(route + 1));
      }
    }

    private static String withoutComments(String text) {
      return text.indexOf('(') < 0 ? text : text.replaceAll("\\([^()]*\\)", "");
    }

    /** A group's name is no mailbox; its members are. */
    private void group() {
      if (phrase.indexOf("@") < 0 && address.isEmpty()) {
        phrase.setLength(0);
      } else {
        phrase.append(':');
      }
    }

    private void flush() {
      String words = HeaderText.collapsed(HeaderText.decodeWords(phrase.toString()));
      String remark = HeaderText.collapsed(HeaderText.decodeWords(comment.toString()));
      String mailbox = HeaderText.collapsed(address.toString());
      if (mailbox.isEmpty()) {
        String bare = bareAddress(phrase.toString());
        if (bare.isEmpty()) {
          add(words.isEmpty() ? remark : words, "");
        } else {
          String rest = HeaderText.collapsed(words.replace(bare, ""));
          add(rest.isEmpty() || rest.equals(words) ? remark : rest, bare);
        }
      } else {
        add(words.isEmpty() ? remark : words, mailbox);
      }
      phrase.setLength(0);
      comment.setLength(0);
      address.setLength(0);
    }

    private void add(String name, String mailbox) {
      String shown = unquoted(name);
      String clean = unquoted(mailbox);
      if (!shown.isEmpty() || !clean.isEmpty()) {
        found.add(new MailAddress(shown, clean));
      }
    }

    private static String unquoted(String text) {
      boolean quoted = text.length() > 2 && text.startsWith("'") && text.endsWith("'");
      return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    /** The address among words without angle brackets; a single word is one even without an @. */
    private static String bareAddress(String text) {
      String tight = text.strip().replaceAll(" *([@.]) *", "$1");
      if (tight.indexOf('@') < 0) {
        return tight.isEmpty() || tight.indexOf(' ') >= 0 || tight.contains("=?") ? "" : tight;
      }
      for (String word : tight.split(" +", -1)) {
        if (word.indexOf('@') >= 0) {
          return word.replace('\u00A0', ' ');
        }
      }
      return "";
    }
  }
}

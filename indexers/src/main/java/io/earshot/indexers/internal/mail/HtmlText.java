package io.earshot.indexers.internal.mail;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * The text of HTML, laid out in lines as a reader sees it: paragraphs apart, a line a table row,
 * its cells separated by tabs.
 *
 * @param text all of it but the quote at the end
 * @param quoted the quote at the end that the markup names as one; may be empty
 */
public record HtmlText(String text, String quoted) {
  /** Parsing needs memory of many times the text; what lies beyond is left out. */
  static final int MAX_CHARS = 10_000_000;

  /** What is passed on is new to the reader, though mail programs mark it up as a quote. */
  private static final Pattern FORWARD = Pattern.compile("\\s*-{4,}");

  private static final Set<String> SKIPPED =
      Set.of("script", "style", "head", "title", "template", "object", "svg", "select");
  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "dl", "pre");
  private static final Set<String> LINES =
      Set.of(
          "div",
          "tr",
          "li",
          "dt",
          "dd",
          "hr",
          "section",
          "article",
          "header",
          "footer",
          "address",
          "form",
          "center",
          "fieldset",
          "caption",
          "option",
          "body",
          "html",
          "main",
          "nav",
          "aside");

  /** The text of a whole document or a part of one; never fails on broken markup. */
  public static HtmlText of(String html) {
    Layout layout = new Layout();
    String part = html.length() <= MAX_CHARS ? html : html.substring(0, MAX_CHARS);
    NodeTraversor.traverse(layout, Jsoup.parse(part));
    return layout.result();
  }

  /** All of it, the quote too. */
  public String whole() {
    return quoted.isEmpty() ? text : text.isEmpty() ? quoted : text + "\n\n" + quoted;
  }

  private static final class Layout implements NodeVisitor {
    private final StringBuilder out = new StringBuilder();
    private int skipDepth;
    private int preDepth;
    private int quoteDepth;
    private int quoteStart = -1;
    private int newlines;
    private boolean space;
    private boolean cell;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        if (skipDepth == 0) {
          append(text.getWholeText());
        }
      } else if (node instanceof Element element) {
        open(element, element.normalName());
      }
    }

    private void open(Element element, String name) {
      skipDepth += SKIPPED.contains(name) ? 1 : 0;
      if (skipDepth > 0) {
        return;
      }
      if (isQuote(element)) {
        if (quoteDepth++ == 0 && quoteStart < 0) {
          quoteStart = out.length();
        }
      }
      preDepth += name.equals("pre") ? 1 : 0;
      breakBefore(name);
      if (name.equals("li")) {
        append("- ");
      } else if (name.equals("img") && !element.attr("alt").isBlank()) {
        append(element.attr("alt"));
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      String name = element.normalName();
      if (skipDepth > 0) {
        skipDepth -= SKIPPED.contains(name) ? 1 : 0;
        return;
      }
      preDepth -= name.equals("pre") ? 1 : 0;
      if (name.equals("td") || name.equals("th")) {
        cell = true;
      } else if (!name.equals("br")) {
        breakBefore(name);
      }
      quoteDepth -= isQuote(element) ? 1 : 0;
    }

    private void breakBefore(String name) {
      if (name.equals("br")) {
        newlines = newlines == 0 ? 1 : 2;
      } else if (PARAGRAPHS.contains(name)) {
        newlines = 2;
      } else if (LINES.contains(name)) {
        newlines = Math.max(newlines, 1);
        cell &= !name.equals("tr");
      }
    }

    private void append(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (preDepth > 0 && c == '\n') {
          newlines++;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00A0') {
          space = true;
        } else {
          separate();
          out.append(c);
        }
      }
    }

    /** Writes what separates the next character from the last one. */
    private void separate() {
      if (quoteDepth == 0 && quoteStart >= 0) {
        // Words after the quote: it does not stand at the end.
        quoteStart = -1;
      }
      if (out.isEmpty()) {
        newlines = 0;
      } else if (newlines > 0) {
        out.append(newlines > 1 ? "\n\n" : "\n");
      } else if (cell) {
        out.append('\t');
      } else if (space) {
        out.append(' ');
      }
      newlines = 0;
      space = false;
      cell = false;
    }

    HtmlText result() {
      boolean forward =
          quoteStart > 0 && FORWARD.matcher(out).region(quoteStart, out.length()).lookingAt();
      if (quoteStart <= 0 || forward) {
        return new HtmlText(out.toString(), "");
      }
      return new HtmlText(out.substring(0, quoteStart).strip(), out.substring(quoteStart).strip());
    }

    /** Gmail, Yahoo, Apple Mail and Thunderbird mark what they quote. */
    private static boolean isQuote(Element element) {
      String classes = element.className().toLowerCase(Locale.ROOT);
      return classes.contains("gmail_quote")
          || classes.contains("yahoo_quoted")
          || classes.contains("moz-cite-prefix")
          || (element.normalName().equals("blockquote")
              && element.attr("type").equalsIgnoreCase("cite"));
    }
  }
}

package io.earshot.indexers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind a WhatsApp export's date: who wrote, what they wrote, what they attached.
 *
 * <p>The export marks its own words (attachments, deleted messages, notices) with U+200E on iOS and
 * with nothing on Android, in the language of the phone.
 */
final class WhatsAppText {
  private static final char MARK = '\u200E';

  private static final Pattern ATTACHED =
      Pattern.compile("<[^<>:]{1,40}:\\s?([^<>/\\\\]{1,255}\\.\\w{1,8})>\\s*$");
  private static final Pattern FILE_ATTACHED =
      Pattern.compile(
          "^([^/\\\\\\n]{1,255}\\.\\w{1,8}) \\((?:file attached|Datei angeh\u00E4ngt|archivo"
              + " adjunto|fichier joint|arquivo anexado|file allegato|bestand bijgevoegd)\\)");
  private static final Pattern DOCUMENT_OMITTED =
      Pattern.compile("^([^/\\\\\\n]{1,255}\\.\\w{1,8})\\s\u2022.{0,60}\\w$");
  private static final Pattern OMITTED =
      Pattern.compile(
          "^(?:<[^<>\\n]{0,30}(?:omitted|ausgeschlossen|weggelassen|omitid[oa]s?|omis|absents?|oculta|"
              + "omess[io]|weggelaten)>"
              + "|(?:image|video|video note|audio|sticker|GIF|document|Contact card) omitted"
              + "|(?:Bild|Video|Audio|Sticker|GIF|Dokument|Kontaktkarte) weggelassen"
              + "|(?:imagen?|v\u00EDdeo|audio|sticker|GIF|documento) (?:omitid[oa]|ocultad[oa])"
              + "|(?:image|vid\u00E9o|audio) absente"
              + "|immagine omessa|afbeelding weggelaten)$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern DELETED =
      Pattern.compile(
          "^(?:(?:This message was deleted|You deleted this message|Diese Nachricht wurde gel\u00F6scht"
              + "|Du hast diese Nachricht gel\u00F6scht|Este mensaje fue eliminado"
              + "|Se elimin\u00F3 este mensaje|Ce message a \u00E9t\u00E9 supprim\u00E9"
              + "|Esta mensagem foi apagada|Mensagem apagada)"
              + "(?: by admin .{0,100})?\\.?|null)$");
  private static final Pattern EDITED =
      Pattern.compile("\\s?\u200E?<(?:This message was edited|Diese Nachricht wurde bearbeitet)>$");
  private static final Pattern OWN_CONTENT = // marked, and yet somebody's message
      Pattern.compile("^(?:Location: |POLL:|Standort: |UMFRAGE:)");
  private static final Pattern GROUP_NAME =
      Pattern.compile("created (?:this )?group [\"\u201C]([^\"\u201D]{1,200})[\"\u201D]");

  private WhatsAppText() {}

  /** Who wrote a message, and where the text behind the name begins. */
  record Speaker(String name, int textStart) {}

  /**
   * What was written.
   *
   * @param text the words; empty where there are none, or none any more
   * @param attachment the name of an attached file
   * @param deleted whether the message was deleted
   */
  record Content(String text, Optional<String> attachment, boolean deleted) {}

  /**
   * Whose message a line is; empty for the export's own lines, which name nobody before a colon.
   *
   * @param rest the line behind its date
   */
  static Optional<Speaker> speaker(String rest) {
    int colon = rest.indexOf(": ");
    if (colon < 0) {
      colon = rest.endsWith(":") ? rest.length() - 1 : rest.indexOf(':');
    }
    if (colon <= 0) {
      return Optional.empty();
    }
    String name = name(rest.substring(0, colon));
    // In: Ann changed the subject to "New: offers"
    boolean quotes = name.indexOf('"') >= 0 || name.indexOf('\u201C') >= 0;
    return name.isEmpty() || quotes
        ? Optional.empty()
        : Optional.of(new Speaker(name, Math.min(colon + 1, rest.length())));
  }

  /** A name without the export's marks: U+200E, isolates, and the ~ before one not in the book. */
  private static String name(String written) {
    String name = clean(written).strip();
    return name.startsWith("~") ? strip(name.substring(1)) : name;
  }

  private static String strip(String text) {
    int start = 0;
    while (start < text.length() && Character.isSpaceChar(text.charAt(start))) {
      start++;
    }
    return text.substring(start).strip();
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != MARK && c != '\u2068' && c != '\u2069') {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  /**
   * What a message says; empty if it is a notice of the export that bears somebody's name.
   *
   * @param written all its lines
   */
  static Optional<Content> content(String written) {
    boolean marked = written.stripLeading().startsWith(String.valueOf(MARK));
    String text = clean(EDITED.matcher(written.strip()).replaceFirst("")).strip();
    Matcher attached = ATTACHED.matcher(text);
    if (attached.find()) {
      return message(text.substring(0, attached.start()), attached.group(1));
    }
    Matcher file = FILE_ATTACHED.matcher(text);
    if (file.find()) {
      return message(text.substring(file.end()), file.group(1));
    }
    if (OMITTED.matcher(text).find()) {
      return Optional.of(new Content("", Optional.empty(), false));
    }
    if (DELETED.matcher(text).find()) {
      return Optional.of(new Content("", Optional.empty(), true));
    }
    Matcher document = DOCUMENT_OMITTED.matcher(text);
    if ((marked || written.indexOf(MARK) >= 0) && document.find()) {
      return message("", document.group(1));
    }
    return marked && !OWN_CONTENT.matcher(text).find()
        ? Optional.empty()
        : Optional.of(new Content(text, Optional.empty(), false));
  }

  private static Optional<Content> message(String text, String attachment) {
    return Optional.of(new Content(text.strip(), Optional.of(attachment.strip()), false));
  }

  /** The group's name, if the line tells that it was created. */
  static Optional<String> groupName(String systemLine) {
    Matcher matcher = GROUP_NAME.matcher(systemLine);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}

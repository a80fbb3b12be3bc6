package io.earshot.internal;

import io.earshot.internal.Identifiers.Found;
import io.earshot.internal.Tokens.Further;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an identifier is found by beside its words: how it is written in one piece, and in part.
 *
 * <p>{@code ORD-2026-4512} has three words, found as a phrase, or each. Its further forms are its
 * letters and digits without what joins them, whole ({@code ord20264512}), from one joint to
 * another ({@code ord2026}), and the last ones of its last part ({@code 4512} of {@code
 * ORD-2026-004512}); of telephone numbers and IBANs, which everybody groups otherwise, the last
 * ones of all. So whoever types it without its hyphens, in other groups, or its end alone, finds
 * it. A telephone number is also found by its number within the country, whatever code and zeros
 * stand before it. Long numbers in groups ({@link GroupedNumbers}) are found likewise.
 *
 * <p>A form stands at the position of the identifier's first word, and is marked as a whole.
 */
public final class IdentifierForms {
  /** Begins each form. No word begins so, nor a stem. */
  static final char MARK = '#';

  /** Fewer of its last letters and digits are no part worth finding. */
  private static final int FEWEST = 4;

  private static final int MOST = 40;

  /** Digits in the middle of other signs are found by themselves if there are so many. */
  private static final int FEWEST_TELLING = 6;

  private static final int MOST_PARTS = 8;
  private static final int FEWEST_NATIONAL = 6;

  /** Codes of countries that have one digit or two (ITU-T E.164); all others have three. */
  private static final Set<String> SHORT_COUNTRY_CODES =
      Set.of(
          ("1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62"
                  + " 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98")
              .split(" "));

  private IdentifierForms() {}

  /** The forms of a text's identifiers, by the index of the word that each begins at. */
  static Map<Integer, List<Further>> in(String text, Tokens tokens) {
    List<Found> identifiers = tokens.size() == 0 ? List.of() : Identifiers.find(text);
    Map<Integer, List<Further>> forms = new HashMap<>();
    int word = 0;
    for (Found found : identifiers) {
      if (found.identifier().canonical().indexOf('@') >= 0) {
        continue; // its words say it all
      }
      while (word < tokens.size() && tokens.startOffset(word) < found.start()) {
        word++;
      }
      if (word == tokens.size() || tokens.startOffset(word) >= found.end()) {
        continue;
      }
      Set<String> words = new HashSet<>();
      for (int i = word; i < tokens.size() && tokens.startOffset(i) < found.end(); i++) {
        words.add(tokens.exact(i));
      }
      List<Further> here = forms.computeIfAbsent(word, index -> new ArrayList<>());
      for (String form : forms(found.identifier().display())) {
        if (!words.contains(form)) { // else it is found by that word
          here.add(new Further(marked(form), found.end()));
        }
      }
    }
    for (GroupedNumbers.Row row : GroupedNumbers.in(Identifiers.plain(text), tokens)) {
      List<String> groups = new ArrayList<>();
      for (int i = row.first(); i < row.end(); i++) {
        groups.add(tokens.exact(i));
      }
      List<Further> here = forms.computeIfAbsent(row.first(), index -> new ArrayList<>());
      Set<String> known = new HashSet<>(groups);
      for (int i = row.first(); i < row.end(); i++) { // an identifier may begin within the row
        for (Further further : forms.getOrDefault(i, List.of())) {
          known.add(further.form().substring(2));
        }
      }
      for (String form : forms(groups, true)) {
        if (known.add(form)) {
          here.add(new Further(marked(form), tokens.endOffset(row.end() - 1)));
        }
      }
    }
    return forms;
  }

  private static Set<String> forms(String display) {
    return forms(parts(display), isGroupedAtWill(display));
  }

  /** Likewise of its parts, which may mean something or not. */
  private static Set<String> forms(List<String> parts, boolean atWill) {
    Set<String> forms = new LinkedHashSet<>();
    if (parts.isEmpty()) {
      return forms;
    }
    for (int from = 0; from < Math.min(parts.size(), MOST_PARTS); from++) {
      StringBuilder joined = new StringBuilder();
      for (int to = from; to < Math.min(parts.size(), MOST_PARTS); to++) {
        joined.append(parts.get(to));
        addIfLong(forms, joined.toString());
      }
    }
    String whole = String.join("", parts);
    int first = atWill ? 0 : whole.length() - parts.getLast().length();
    addEnds(forms, whole, Math.max(first, whole.length() - MOST), whole.length());
    int digits = 0; // of the run of them that letters stand behind
    for (int i = 0; atWill && i < whole.length(); i++) {
      if (Character.isDigit(whole.charAt(i))) {
        digits++;
        continue;
      }
      if (digits >= FEWEST_TELLING) {
        addEnds(forms, whole, i - digits, i);
      }
      digits = 0;
    }
    return forms;
  }

  private static void addEnds(Set<String> forms, String whole, int first, int end) {
    for (int from = first; from <= end - FEWEST; from++) {
      forms.add(whole.substring(from, end));
    }
  }

  /** Whether what parts it means nothing, as in a telephone number or an IBAN. */
  private static boolean isGroupedAtWill(String display) {
    return Identifiers.telephoneDigits(display).isPresent()
        || Identifiers.plain(display).indexOf(' ') >= 0;
  }

  private static void addIfLong(Set<String> forms, String form) {
    if (form.length() >= FEWEST && form.length() <= MOST) {
      forms.add(form);
    }
  }

  /**
   * The forms by which to look for what somebody typed as one word, or several that punctuation or
   * spaces part; none if it is not of letters and digits, one digit at least, or too short, or if
   * it is an amount, a time or a date.
   */
  public static List<String> asked(String typed) {
    List<String> parts = parts(typed);
    String whole = String.join("", parts);
    if (whole.length() < FEWEST
        || whole.length() > MOST
        || typed.indexOf('@') >= 0
        || Identifiers.isMerelyDigits(typed)
        || whole.chars().noneMatch(Character::isDigit)) {
      return List.of();
    }
    Set<String> forms = new LinkedHashSet<>();
    add(whole, parts, forms);
    if (whole.chars().allMatch(Character::isDigit)) {
      for (String national : national(Identifiers.plain(typed).strip(), whole)) {
        add(national, parts, forms);
      }
    }
    return List.copyOf(forms);
  }

  /**
   * An identifier in a text that somebody typed.
   *
   * @param first index of its first word
   * @param end one past its last
   * @param forms by which to look for it
   */
  public record Asked(int first, int end, List<String> forms) {}

  /** Each identifier in words side by side that somebody typed, unless it has no forms. */
  public static List<Asked> askedWithin(String typed, Tokens tokens) {
    List<Asked> asked = new ArrayList<>();
    int word = 0;
    for (Found found : Identifiers.find(typed)) {
      while (word < tokens.size() && tokens.startOffset(word) < found.start()) {
        word++;
      }
      int first = word;
      while (word < tokens.size() && tokens.endOffset(word) <= found.end()) {
        word++;
      }
      List<String> forms = asked(found.identifier().display());
      if (word > first && !forms.isEmpty()) {
        asked.add(new Asked(first, word, forms));
      }
    }
    return asked;
  }

  /** As a form, and as a word: an identifier that is written in one piece has no form for it. */
  private static void add(String whole, List<String> typed, Set<String> forms) {
    forms.add(marked(whole));
    if (!typed.equals(List.of(whole))) { // else it is looked for as typed
      forms.add(whole);
    }
  }

  /** A telephone number without what is dialled before it from elsewhere. */
  private static List<String> national(String typed, String digits) {
    List<String> numbers = new ArrayList<>();
    String number = digits;
    boolean international = typed.startsWith("+") || digits.startsWith("00");
    if (digits.startsWith("00")) {
      number = digits.substring(2);
      numbers.add(number);
    }
    if (international) {
      int code = 3;
      for (int length = 1; length <= 2 && length < number.length(); length++) {
        if (SHORT_COUNTRY_CODES.contains(number.substring(0, length))) {
          code = length;
          break;
        }
      }
      number = number.substring(Math.min(code, number.length()));
      if (number.startsWith("0")) { // +44 (0) 7700, but +39 06
        numbers.add(number.substring(1));
      }
    } else if (digits.startsWith("0")) {
      number = digits.substring(1);
    }
    numbers.add(number);
    numbers.removeIf(one -> one.length() < FEWEST_NATIONAL || one.equals(digits));
    return numbers;
  }

  private static String marked(String form) {
    return MARK + "" + Analysis.STEM_MARK + form;
  }

  /** Runs of letters and digits, folded. */
  private static List<String> parts(String display) {
    return Analysis.words(display);
  }
}

package io.earshot.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds identifiers in a text: order numbers and other codes, mail addresses, telephone numbers.
 *
 * <p>A scanner that looks at each character a bounded number of times: the text is whatever a
 * stranger sent. What merely has digits is left out where its form shows it: dates, times, years,
 * money, decimals, ranges, quantities with a unit, web addresses and file names.
 */
public final class Identifiers {
  private static final int LONGEST = 64;
  private static final int LONGEST_ADDRESS = 254; // RFC 5321
  private static final int LONGEST_TELEPHONE = 32;
  private static final int FEWEST_SIGNS = 4;
  private static final int FEWEST_DIGITS = 3;
  private static final int FEWEST_TELEPHONE_DIGITS = 7;
  private static final int MOST_TELEPHONE_DIGITS = 15; // ITU-T E.164
  private static final int FEWEST_AREA_DIGITS = 3; // with the zero in front
  private static final int FEWEST_IBAN_SIGNS = 15;
  private static final int MOST_IBAN_SIGNS = 34;
  private static final int LONGEST_UNIT = 7;
  private static final int LONGEST_ROUND_NUMBER = 4; // "1080p", "10-year-old"

  private static final String CURRENCIES = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9";

  private static final Pattern NO_IDENTIFIER =
      Pattern.compile(
          "["
              + CURRENCIES
              + "] ?[0-9.,]++" // $1500
              + "|[0-9.,]++ ?[%"
              + CURRENCIES
              + "]" // 1500 %
              + "|[0-9]{1,3}(?:,[0-9]{3})++(?:\\.[0-9]++)?" // 1,234.56
              + "|[0-9]{1,3}(?:\\.[0-9]{3})++,[0-9]++" // 1.234,56
              + "|(?:0|[1-9][0-9]*+)[.,][0-9]{1,2}" // 12.34
              + "|[0-9]{1,2}(?::[0-9]{2}){1,2}" // 10:30
              + "|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\\1[0-9]{1,2}" // 2026-05-17
              + "|[0-9]{1,2}([-/.])[0-9]{1,2}\\2(?:19|20)[0-9]{2}"); // 17.05.2026

  /** "8 (916)", "1 (202)": what is dialled before an area's code, which stands in brackets. */
  private static final Pattern TRUNK_AND_AREA = Pattern.compile("[178] ?\\([0-9]{3,5}\\)");

  /** Behind digits: "100GB". */
  private static final Set<String> UNITS =
      Set.of(
          ("am pm gb mb tb kb kbit mbit gbit mbps gbps mhz ghz khz hz w kw kwh v ma mah ml cl l kg g mg"
                  + " mm cm m km in ft lb lbs oz th st nd rd s ms p k x h hr hrs min mins sec secs"
                  + " usd eur gbp chf inr")
              .split(" "));

  /** Behind digits and a space: "4512 euros", but not "order 4512 in May". */
  private static final Set<String> WORDS_OF_AMOUNTS =
      Set.of(
          ("usd eur gbp chf inr euro euros dollar dollars pound pounds cent cents percent"
                  + " km kg mm cm ml gb mb tb kwh mah hours minutes seconds days weeks months years"
                  + " times pieces pcs items people units words points miles metres meters")
              .split(" "));

  private final String written;
  private final String text; // plain
  private final List<Found> found = new ArrayList<>();

  private Identifiers(String written, String text) {
    this.written = written;
    this.text = text;
  }

  /**
   * One identifier.
   *
   * @param display as written
   * @param canonical in the form that is compared: of a telephone number the digits, behind a plus
   *     sign if it has one; of anything else the folded form
   */
  public record Identifier(String display, String canonical) {}

  /**
   * An identifier in a text.
   *
   * @param start where it begins, in UTF-16 units
   * @param end where it ends
   */
  record Found(int start, int end, Identifier identifier) {}

  /** The identifiers of a text, in its order. */
  public static List<Identifier> in(String text) {
    return find(text).stream().map(Found::identifier).toList();
  }

  /** Likewise, with where they stand. */
  static List<Found> find(String text) {
    String plain = plain(text);
    return mayHoldOne(plain) ? new Identifiers(text, plain).scan() : List.of();
  }

  /**
   * A text with the signs of ASCII for those that stand for them: the digits of other scripts, full
   * width, and the hyphens, dashes and spaces of word processors. Each stays in its place.
   */
  public static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (plain(text.charAt(i)) != text.charAt(i)) {
        char[] plain = text.toCharArray();
        for (int rest = i; rest < plain.length; rest++) {
          plain[rest] = plain(plain[rest]);
        }
        return new String(plain);
      }
    }
    return text;
  }

  private static char plain(char c) {
    if (c < 0x80) {
      return c;
    }
    return switch (c) {
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\ufe63' -> '-';
      case '\u00a0', '\u2007', '\u2009', '\u202f', '\u3000' -> ' ';
      default ->
          c >= '\uff01' && c <= '\uff5e'
              ? (char) (c - '\uff01' + '!')
              : Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c;
    };
  }

  private void add(int start, int end, String canonical) {
    found.add(new Found(start, end, new Identifier(written.substring(start, end), canonical)));
  }

  /** The form that is compared, of an identifier as it was written. */
  public static String canonical(String display) {
    List<Identifier> found = in(display);
    return found.size() == 1 && found.getFirst().display().equals(display)
        ? found.getFirst().canonical()
        : Analysis.folded(display);
  }

  private static boolean mayHoldOne(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@' || isDigit(c)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether all of what somebody typed is an amount, a time or a date, which merely has digits.
   * Digits with points between are no amount if they can be a telephone number, as in {@code
   * 06.12.34.56.78} or its beginning.
   */
  public static boolean isMerelyDigits(String typed) {
    return NO_IDENTIFIER.matcher(plain(typed).strip()).matches();
  }

  /** The digits of a telephone number, if the text is one and nothing else. */
  public static Optional<String> telephoneDigits(String written) {
    String text = plain(written);
    StringBuilder digits = new StringBuilder();
    for (int i = text.startsWith("tel:") ? 4 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        digits.append(c);
      } else if ("+()-./ ".indexOf(c) < 0) {
        return Optional.empty();
      }
    }
    return digits.length() < FEWEST_TELEPHONE_DIGITS || digits.length() > MOST_TELEPHONE_DIGITS
        ? Optional.empty()
        : Optional.of(digits.toString());
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Letters of scripts that part words by spaces; of others a whole sentence would be one run. */
  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c > 0x7f && (Character.isLowerCase(c) || Character.isUpperCase(c)));
  }

  private static boolean isJoiner(char c) {
    return c == '-' || c == '_' || c == '/' || c == '.' || c == '#';
  }

  private char at(int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
  }

  private boolean isSign(int index) {
    char c = at(index);
    return isDigit(c) || isLetter(c);
  }

  private List<Found> scan() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '+' || c == '(' || isDigit(c)) {
        int end = endOfTelephone(at);
        if (end > at) {
          add(at, end, (c == '+' ? "+" : "") + digitsOf(text.substring(at, end)));
          at = end;
          continue;
        }
      }
      at = isDigit(c) || isLetter(c) ? run(at) : at + 1;
    }
    return found;
  }

  /** Takes what begins here: an IBAN, a web or mail address, or signs with joiners between. */
  private int run(int start) {
    int iban = endOfIban(start);
    if (iban > start) {
      add(start, iban, Analysis.folded(text.substring(start, iban).replace(" ", "")));
      return iban;
    }
    int at = start;
    boolean digits = false;
    while (isSign(at) || (isJoiner(at(at)) && isSign(at + 1))) {
      digits |= isDigit(text.charAt(at));
      at++;
    }
    char next = at(at);
    if ((next == ':' && at(at + 1) == '/' && at(at + 2) == '/')
        || text.regionMatches(true, start, "www.", 0, 4)) {
      return endOfSolid(at);
    }
    if (next == '@' || next == '+' || next == '%' || next == '_' || next == '-' || next == '.') {
      int end = endOfAddress(start, at);
      if (end > start) {
        add(start, end, Analysis.folded(text.substring(start, end)));
        return end;
      }
    }
    if (digits && at - start <= LONGEST && !isTimeOrAmount(start, at)) {
      String display = text.substring(start, at);
      if (isCode(display)) {
        add(start, at, Analysis.folded(display));
      }
    }
    return at;
  }

  /**
   * Where an IBAN ends that begins here and is written in groups of four, as ISO 13616 asks; -1 if
   * none does. Not even its check digits have to be right: it is found as it was written.
   */
  private int endOfIban(int start) {
    if (!isCapital(start) || !isCapital(start + 1) || isSign(start - 1)) {
      return -1;
    }
    int signs = 0;
    int at = start;
    while (true) {
      int group = 0;
      while (group < 4 && (isDigit(at(at)) || isCapital(at))) {
        if (signs + group == 2 || signs + group == 3) {
          if (!isDigit(at(at))) {
            return -1;
          }
        }
        at++;
        group++;
      }
      signs += group;
      boolean more = isSpace(at) && (isDigitOrCapitals(at + 1) || (signs == 4 && isBank(at + 1)));
      if (group < 4 || !more || signs >= MOST_IBAN_SIGNS) {
        break;
      }
      at++;
    }
    return signs >= FEWEST_IBAN_SIGNS && signs <= MOST_IBAN_SIGNS && !isSign(at) ? at : -1;
  }

  private boolean isCapital(int index) {
    char c = at(index);
    return c >= 'A' && c <= 'Z';
  }

  /** Whether what begins there can be a group of an IBAN, and is no word behind it. */
  private boolean isDigitOrCapitals(int index) {
    boolean digit = false;
    int at = index;
    while (isDigit(at(at)) || isCapital(at)) {
      digit |= isDigit(at(at));
      at++;
    }
    return digit && at - index <= 4 && !isSign(at);
  }

  /** Four capitals behind the check digits, as in "GB29 NWBK 6016": a bank, if digits follow. */
  private boolean isBank(int index) {
    for (int i = index; i < index + 4; i++) {
      if (!isCapital(i)) {
        return false;
      }
    }
    return isSpace(index + 4) && isDigit(at(index + 5));
  }

  private boolean isSpace(int index) {
    return at(index) == ' ';
  }

  private int endOfSolid(int from) {
    int at = from;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where a mail address ends whose local part begins at {@code start}; -1 if it is none. */
  private int endOfAddress(int start, int from) {
    int at = from;
    while (at - start < LONGEST && (isSign(at) || "._%+-".indexOf(at(at)) >= 0)) {
      at++;
    }
    if (at(at) != '@' || !isSign(at + 1)) {
      return -1;
    }
    int end = at + 1;
    int dot = -1;
    while (end - start < LONGEST_ADDRESS
        && (isSign(end) || ((at(end) == '.' || at(end) == '-') && isSign(end + 1)))) {
      if (at(end) == '.') {
        dot = end;
      }
      end++;
    }
    return dot > 0 && isLetter(at(dot + 1)) && end - dot > 2 ? end : -1;
  }

  /** Whether what stands around those signs makes them a part of a time, or an amount. */
  private boolean isTimeOrAmount(int start, int end) {
    char before = at(start - 1);
    char after = at(end);
    if (after == '%' || joinsDigits(start - 1) || joinsDigits(end)) {
      return true;
    }
    return CURRENCIES.indexOf(before) >= 0
        || CURRENCIES.indexOf(after) >= 0
        || (after == ' ' && CURRENCIES.indexOf(at(end + 1)) >= 0)
        || (before == ' ' && CURRENCIES.indexOf(at(start - 2)) >= 0)
        || (isDigit(at(end - 1)) && after == ' ' && isWordOfAmount(end + 1));
  }

  /** Whether digits stand on both sides of a colon, or of a comma within a number. */
  private boolean joinsDigits(int index) {
    return isDigit(at(index - 1))
        && isDigit(at(index + 1))
        && (at(index) == ':' || (at(index) == ',' && !isListed(text, index)));
  }

  /**
   * Whether a comma parts numbers, as in {@code 100234,100235}: before thousands are three digits
   * at most, and behind them or a decimal comma no more either.
   */
  static boolean isListed(CharSequence text, int comma) {
    int before = comma;
    while (before > 0 && comma - before <= 3 && Character.isDigit(text.charAt(before - 1))) {
      before--;
    }
    int after = comma + 1;
    while (after < text.length() && after - comma <= 4 && Character.isDigit(text.charAt(after))) {
      after++;
    }
    return comma - before > 3 && after - comma > 4;
  }

  private boolean isWordOfAmount(int start) {
    int end = start;
    while (end - start <= LONGEST_UNIT && isLetter(at(end))) {
      end++;
    }
    return end - start > 1
        && end - start <= LONGEST_UNIT
        && !isSign(end)
        && WORDS_OF_AMOUNTS.contains(Analysis.folded(text.substring(start, end)));
  }

  private static boolean isCode(String run) {
    int digits = 0;
    int letters = 0;
    int changes = 0; // from digits to letters or back
    boolean upper = false;
    boolean joined = false;
    for (int i = 0; i < run.length(); i++) {
      char c = run.charAt(i);
      if (isDigit(c)) {
        digits++;
        changes += i > 0 && isLetter(run.charAt(i - 1)) ? 1 : 0;
      } else if (isJoiner(c)) {
        joined = true;
      } else {
        letters++;
        upper |= Character.isUpperCase(c);
        changes += i > 0 && isDigit(run.charAt(i - 1)) ? 1 : 0;
      }
    }
    if (digits + letters < FEWEST_SIGNS) {
      return false;
    }
    if (letters == 0) {
      return isNumberCode(run, joined);
    }
    if (isDateWithTime(run) || isFileOrHost(run) || isQuantity(run)) {
      return false;
    }
    return digits >= FEWEST_DIGITS || upper || changes > 0;
  }

  /** Digits alone, perhaps joined: not years, dates, decimals, ranges of numbers. */
  private static boolean isNumberCode(String run, boolean joined) {
    if (!joined) {
      return !isYear(run);
    }
    if (run.indexOf('.') >= 0) {
      return false;
    }
    String[] parts = parts(run);
    if (isDate(parts)) {
      return false;
    }
    if (parts.length == 2 && isYear(parts[0]) && parts[1].startsWith("0")) {
      return true; // "2026/0815": nothing ranges to what begins with a zero
    }
    // "10-12 days", "1000-1500", "2025/26"
    return parts.length != 2 || parts[0].length() > 4 || parts[1].length() > 4;
  }

  private static boolean isDate(String[] parts) {
    if (parts.length == 2) {
      return (isYear(parts[0]) && parts[1].length() <= 2)
          || (isYear(parts[1]) && parts[0].length() <= 2);
    }
    return parts.length == 3
        && parts[1].length() <= 2
        && (isYear(parts[0]) || parts[0].length() <= 2)
        && (isYear(parts[2]) || parts[2].length() <= 2);
  }

  private static String[] parts(String run) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= run.length(); i++) {
      if (i == run.length() || isJoiner(run.charAt(i))) {
        parts.add(run.substring(start, i));
        start = i + 1;
      }
    }
    return parts.toArray(String[]::new);
  }

  private static boolean isYear(String digits) {
    return digits.length() == 4 && (digits.startsWith("19") || digits.startsWith("20"));
  }

  /** "2026-05-17T10" of a time stamp. */
  private static boolean isDateWithTime(String run) {
    return run.length() >= 11
        && (run.charAt(10) == 'T' || run.charAt(10) == 't')
        && isDate(parts(run.substring(0, 10)));
  }

  /** What ends like "invoice-2026.pdf" or "shop24.com". */
  private static boolean isFileOrHost(String run) {
    int dot = run.lastIndexOf('.');
    if (dot < 1 || run.length() - dot > 5 || run.length() - dot < 3) {
      return false;
    }
    for (int i = dot + 1; i < run.length(); i++) {
      if (isDigit(run.charAt(i)) && !run.regionMatches(true, dot + 1, "mp", 0, 2)) {
        return false;
      }
    }
    return true;
  }

  /** A number and a unit, as "10am" or "24-hour"; or a word and a small number, as "covid-19". */
  private static boolean isQuantity(String run) {
    int firstLetter = 0;
    while (firstLetter < run.length() && !isLetter(run.charAt(firstLetter))) {
      firstLetter++;
    }
    if (firstLetter > 0) {
      boolean lower = true;
      for (int i = firstLetter; i < run.length(); i++) {
        char c = run.charAt(i);
        if (isDigit(c)) {
          return false;
        }
        lower &= !Character.isUpperCase(c);
      }
      int digits = isJoiner(run.charAt(firstLetter - 1)) ? firstLetter - 1 : firstLetter;
      return (lower && digits <= LONGEST_ROUND_NUMBER)
          || UNITS.contains(Analysis.folded(run.substring(firstLetter)));
    }
    int digit = run.length();
    while (digit > 0 && isDigit(run.charAt(digit - 1))) {
      digit--;
    }
    if (run.length() - digit >= FEWEST_DIGITS || !isJoiner(run.charAt(digit - 1))) {
      return false;
    }
    for (int i = 0; i < digit; i++) {
      char c = run.charAt(i);
      if (isDigit(c) || Character.isUpperCase(c)) {
        return false;
      }
    }
    return true;
  }

  /** Where a telephone number ends that begins here; -1 if none does. */
  private int endOfTelephone(int start) {
    int digits = 0;
    int groups = 0;
    int end = start;
    int firstGroup = 0;
    boolean separated = false;
    boolean spaced = false;
    int at = start;
    while (at < text.length() && at - start < LONGEST_TELEPHONE) {
      char c = text.charAt(at);
      if (isDigit(c)) {
        int from = at;
        while (isDigit(at(at))) {
          at++;
        }
        digits += at - from;
        if (at - from > MOST_TELEPHONE_DIGITS || digits > MOST_TELEPHONE_DIGITS) {
          return -1;
        }
        firstGroup = groups == 0 ? at - from : firstGroup;
        groups++;
        end = at;
      } else if ((c == '+' && at == start) || isTelephoneMark(at)) {
        separated |= groups > 0;
        at++;
      } else if (!spaced && isBehindAreaCode(start, at, digits)) {
        separated = true;
        spaced = true;
        at += " / ".length();
      } else {
        break;
      }
    }
    if (digits < FEWEST_TELEPHONE_DIGITS || isSign(end) || at(end) == '@' || isSign(start - 1)) {
      return -1;
    }
    char first = text.charAt(start);
    if (first == '+') {
      return end;
    }
    if (!separated || isDate(parts(firstToken(start)))) {
      return -1;
    }
    boolean national =
        first == '('
            || TRUNK_AND_AREA.matcher(text).region(start, end).lookingAt()
            || (first == '0' && (firstGroup > 1 || spaced));
    return national || (groups <= 4 && isAmerican(start, end)) ? end : -1;
  }

  /**
   * Whether a slash or a hyphen between spaces parts the number of a line from the area's there:
   * {@code 030 / 901820}, {@code 0 42 21 - 12 34 56}. Who writes two numbers so writes them whole,
   * and a range has as many digits on either side.
   */
  private boolean isBehindAreaCode(int start, int at, int digits) {
    boolean slash = at(at + 1) == '/';
    if (at(at) != ' ' || (!slash && at(at + 1) != '-') || at(at + 2) != ' ') {
      return false;
    }
    int end = at + 3;
    while (isDigit(at(end))) {
      end++;
    }
    int first = end - at - 3;
    return (text.charAt(start) == '0' || text.charAt(start) == '+')
        && digits >= FEWEST_AREA_DIGITS
        && digits < FEWEST_TELEPHONE_DIGITS
        && first > 0
        && text.substring(start, at).indexOf('.') < 0 // an amount
        && at(at + 3) != '0'
        && (slash || first != digits);
  }

  private String firstToken(int start) {
    int end = start;
    while (end - start < LONGEST && (isSign(end) || (isJoiner(at(end)) && isSign(end + 1)))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** 555-1234, 555-123-4567 or 1-555-123-4567, with spaces or points just the same. */
  private boolean isAmerican(int start, int end) {
    StringBuilder signs = new StringBuilder();
    for (int i = start; i < end; i++) {
      if (isDigit(text.charAt(i))) {
        signs.append('9');
      } else if (!signs.isEmpty() && signs.charAt(signs.length() - 1) != '-') {
        signs.append('-');
      }
    }
    String shape = signs.toString();
    return (shape.equals("999-9999") && text.charAt(start + 3) == '-')
        || shape.equals("999-999-9999")
        || shape.equals("9-999-999-9999");
  }

  private boolean isTelephoneMark(int index) {
    char c = at(index);
    char next = at(index + 1);
    if (c == '(') {
      return isDigit(next);
    }
    if (c == ')') {
      return isDigit(next) || next == ' ' || next == '-';
    }
    return (c == ' ' || c == '-' || c == '.' || c == '/')
        && (isDigit(next) || (next == '(' && isDigit(at(index + 2))));
  }

  private static String digitsOf(String display) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < display.length(); i++) {
      if (isDigit(display.charAt(i))) {
        digits.append(display.charAt(i));
      }
    }
    return digits.toString();
  }
}

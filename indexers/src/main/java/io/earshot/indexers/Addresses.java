package io.earshot.indexers;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes two ways of writing one address equal. */
final class Addresses {
  private static final int MIN_PHONE_DIGITS = 5;
  private static final Pattern SCHEME =
      Pattern.compile("(?:(?:mailto|tel|sips?):\\s*+)++", Pattern.CASE_INSENSITIVE);

  private Addresses() {}

  /**
   * A mail address in lower case, a phone number as its digits with a leading {@code +} where it
   * begins with {@code +} or {@code 00}, anything else (a handle, a name) in lower case with single
   * spaces. Empty if nothing is left.
   */
  static String normalised(String address) {
    String text = withoutScheme(address.strip());
    if (isPhone(text)) {
      return phone(text);
    }
    return text.replaceAll("[\\s\\p{Zs}]+", " ").strip().toLowerCase(Locale.ROOT);
  }

  private static String withoutScheme(String address) {
    Matcher scheme = SCHEME.matcher(address);
    return scheme.lookingAt() ? address.substring(scheme.end()) : address;
  }

  private static boolean isPhone(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        digits++;
      } else if ("+-./()".indexOf(c) < 0 && !Character.isSpaceChar(c) && c != '\t') {
        return false;
      }
    }
    return digits >= MIN_PHONE_DIGITS;
  }

  private static String phone(String text) {
    // "+44 (0)1632": what is in brackets is dialled within the country only.
    String written = text.replace("(0)", "");
    String digits = digits(written);
    if (written.indexOf('+') >= 0) {
      return "+" + digits;
    }
    return digits.startsWith("00") ? "+" + digits.substring(2) : digits(text);
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().filter(Character::isDigit).forEach(c -> digits.append(Character.digit(c, 10)));
    return digits.toString();
  }
}

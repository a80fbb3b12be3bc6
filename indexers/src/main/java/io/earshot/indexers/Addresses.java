package io.earshot.indexers;

import java.util.Locale;

/** Makes two ways of writing one address equal. */
final class Addresses {
  private static final int MIN_PHONE_DIGITS = 5;

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
    for (String scheme : new String[] {"mailto:", "tel:", "sip:", "sips:"}) {
      if (address.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return address.substring(scheme.length()).strip();
      }
    }
    return address;
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
    StringBuilder number = new StringBuilder();
    // "(0)" after a country code is dialled within the country only.
    boolean international = text.startsWith("+") || text.startsWith("00");
    String written = international ? text.replace("(0)", "") : text;
    written.chars().filter(Character::isDigit).forEach(c -> number.append(Character.digit(c, 10)));
    if (text.startsWith("00")) {
      number.delete(0, 2);
    }
    return international ? "+" + number : number.toString();
  }
}

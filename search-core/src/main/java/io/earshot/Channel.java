package io.earshot;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The way an interaction took place: one of the constants, or any name a host invents.
 *
 * @param name lower-case name; letters, digits, {@code -} and {@code _} only
 */
public record Channel(String name) {
  /** One e-mail message. */
  public static final Channel EMAIL = new Channel("email");

  /** One chat conversation. */
  public static final Channel CHAT = new Channel("chat");

  /** One phone call. */
  public static final Channel CALL = new Channel("call");

  /** One ticket with its comments. */
  public static final Channel TICKET = new Channel("ticket");

  /** One social post with its replies. */
  public static final Channel SOCIAL = new Channel("social");

  /** One internal note. */
  public static final Channel NOTE = new Channel("note");

  /** One knowledge-base article. */
  public static final Channel ARTICLE = new Channel("article");

  /** Lower-cases and checks the name. */
  public Channel {
    name = requireNonNull(name, "name").toLowerCase(Locale.ROOT);
    if (!name.matches("[\\p{L}\\p{M}\\p{N}_-]{1,64}")) {
      throw new IllegalArgumentException(
          "a channel's name is 1 to 64 letters, digits, '-' or '_', got "
              + (name.length() > 64 ? name.length() + " characters" : "\"" + name + "\""));
    }
  }

  /**
   * The channel of that name, in any case.
   *
   * @throws IllegalArgumentException if the name holds anything but letters, digits, '-' and '_'
   */
  public static Channel of(String name) {
    return new Channel(name);
  }

  @Override
  public String toString() {
    return name;
  }
}

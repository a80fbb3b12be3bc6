package io.earshot.cli;

/** Colours for a terminal; nothing where output takes none. */
enum Style {
  /** What matched. */
  MARKED("1;33"),
  /** What is needed to find one's way, and is not what one reads for. */
  DIM("2"),
  /** What is not there. */
  STRUCK("2;9"),
  /** What somebody may want to do next. */
  HINT("36"),
  /** An e-mail. */
  EMAIL("34"),
  /** A chat. */
  CHAT("32"),
  /** A call. */
  CALL("35"),
  /** Any other channel. */
  OTHER("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The style of a channel of that name. */
  static Style ofChannel(String name) {
    return switch (name) {
      case "email" -> EMAIL;
      case "chat" -> CHAT;
      case "call" -> CALL;
      default -> OTHER;
    };
  }

  /** The text in this style, if standard output takes colours. */
  String of(String text) {
    return Terminal.coloured() && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }
}

package io.earshot;

/** What a participant is to the company. */
public enum Role {
  /** The customer, or somebody who acts for them. */
  CUSTOMER,
  /** A representative of the company. */
  AGENT,
  /** A program: auto-replies, chat bots, voice menus. */
  BOT,
  /** Anybody else, and everybody whose role is not known. */
  OTHER
}

package io.earshot;

/**
 * Which interactions an answer shows as one hit: the best of them, with a {@link Hit#group()}.
 *
 * <p>Limit and cursor count groups, {@link SearchResult#total()} and facets interactions. A group
 * stands on the page where its best hit does.
 */
public enum Grouping {
  /** Each is a hit of its own. */
  NONE,
  /** Those of one {@link Interaction#thread()} of one customer; one without stands alone. */
  THREAD,
  /**
   * Those about one matter: a mail thread, a chat and the calls that share its identifiers, or its
   * words at about the same time.
   *
   * <p>Two interactions of one customer are linked if they have the same thread (two chats: within
   * 2 days); share an identifier within 60 days that neither most of the customer's interactions
   * have nor is an address of somebody who took part; or have enough telling words in common within
   * 14 days, or far more within 30. An episode is all that links reach from its best hit, at most
   * 200 interactions. What it is made of depends on the customer's interactions alone; since one
   * that is added may link two episodes, pages stay stable only as far as episodes do.
   *
   * <p>Time is linear in the words of the customer's whole history, whatever the query finds.
   */
  EPISODE
}

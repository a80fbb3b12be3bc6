package io.earshot.indexers;

import static java.util.Objects.requireNonNull;

import io.earshot.indexers.WhatsAppStamp.DateOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the order of day, month and year from all the dates of a chat.
 *
 * <p>The right order makes every date a day of the calendar, and the messages follow each other in
 * time. Where that leaves two, phones set to American English betray themselves by their clock;
 * else the day comes first, as nearly everywhere. Not thread-safe.
 */
final class WhatsAppDates {
  private final Map<DateOrder, Tally> tallies = new EnumMap<>(DateOrder.class);
  private long stamps;
  private long american;

  WhatsAppDates() {
    for (DateOrder order : DateOrder.values()) {
      tallies.put(order, new Tally());
    }
  }

  private static final class Tally {
    private long days;
    private long backwards;
    private @Nullable LocalDateTime latest;

    private void add(LocalDateTime time) {
      days++;
      if (latest != null && time.isBefore(latest.minusDays(1))) { // clocks may be set back an hour
        backwards++;
      }
      latest = time;
    }
  }

  void add(WhatsAppStamp stamp) {
    stamps++;
    if (stamp.american()) {
      american++;
    }
    tallies.forEach(
        (order, tally) -> {
          Optional<LocalDate> date = stamp.date(order);
          date.ifPresent(day -> tally.add(day.atTime(stamp.time())));
        });
  }

  boolean none() {
    return stamps == 0;
  }

  /** The most likely order. */
  DateOrder order() {
    DateOrder best = DateOrder.DMY;
    for (DateOrder order : DateOrder.values()) {
      if (LIKELIER.compare(tally(order), tally(best)) > 0) {
        best = order;
      }
    }
    return best == DateOrder.DMY && ambiguous() && american == stamps ? DateOrder.MDY : best;
  }

  /** Whether the dates fit day first as well as month first. */
  boolean ambiguous() {
    Tally dayFirst = tally(DateOrder.DMY);
    return dayFirst.days > 0 && LIKELIER.compare(dayFirst, tally(DateOrder.MDY)) == 0;
  }

  private Tally tally(DateOrder order) {
    return requireNonNull(tallies.get(order));
  }

  private static final Comparator<Tally> LIKELIER =
      Comparator.<Tally>comparingLong(tally -> tally.days)
          .thenComparing(Comparator.<Tally>comparingLong(tally -> tally.backwards).reversed());
}

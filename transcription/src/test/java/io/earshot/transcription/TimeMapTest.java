package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimeMapTest {
  @Property(tries = 300)
  void span_anyPartsLeftOut_everySampleWhereItWas(
      @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 400) Integer> lengths) {
    TimeMap times = new TimeMap(100);
    List<Integer> fed = new ArrayList<>(); // the recording's sample of each that was fed
    int position = 0;
    for (int i = 0; i < lengths.size(); i++) {
      int length = lengths.get(i);
      if (i % 2 == 0) {
        times.skip(length);
      } else {
        times.take(length);
        for (int j = 0; j < length; j++) {
          fed.add(position + j);
        }
      }
      position += length;
    }

    for (int i = 0; i < fed.size(); i += 7) {
      TimeMap.Span span = times.span(i / 100.0, (i + 1) / 100.0);
      assertThat(span.startSeconds()).isCloseTo(fed.get(i) / 100.0, within(1e-6));
      assertThat(span.endSeconds()).isCloseTo((fed.get(i) + 1) / 100.0, within(1e-6));
    }
    assertThat(times.endSeconds()).isCloseTo(position / 100.0, within(1e-6));
  }

  @Test
  void span_wordReachesOverAPartLeftOut_cutToWhereItsMiddleIs() {
    TimeMap times = new TimeMap(100);
    times.take(200);
    times.skip(1_000);
    times.take(200);

    TimeMap.Span span = times.span(1.5, 2.3);

    assertThat(span.startSeconds()).isEqualTo(1.5);
    assertThat(span.endSeconds()).isEqualTo(2);
  }
}

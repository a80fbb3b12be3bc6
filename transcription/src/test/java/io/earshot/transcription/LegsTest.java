package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.transcription.AudioChannel.Kind;
import io.earshot.transcription.AudioChannel.Stretch;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LegsTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAME = RATE_HZ / 50;

  private final TestCalls.Collector out = new TestCalls.Collector(2);
  private final Legs legs;

  LegsTest() throws IOException {
    legs = new Legs(2, RATE_HZ, FRAME, RATE_HZ, 200, out);
  }

  @AfterEach
  void close() {
    legs.close();
    legs.close();
  }

  @Test
  void giveOut_oneLegALittleAhead_waitedForAndSideBySide() throws IOException {
    for (int i = 0; i < 20; i++) {
      add(0, i);
      if (i >= 5) { // 0.1 s behind
        add(1, i - 5);
      }
    }

    assertThat(out.samples()[0]).hasSize(15 * FRAME);
    assertThat(out.samples()[1]).isEqualTo(out.samples()[0]);
  }

  @Test
  void giveOut_oneLegStays_silentThereAndCountedFromThereOn() throws IOException {
    for (int i = 0; i < 40; i++) {
      add(0, i);
    }
    assertThat(out.samples()[0]).hasSize(30 * FRAME); // 0.2 s are waited for
    assertThat(out.samples()[1]).containsOnly(0);

    add(1, 77);
    end();

    assertThat(out.samples()[0]).hasSize(40 * FRAME);
    assertThat(out.samples()[1]).startsWith(new short[30 * FRAME]).endsWith(new short[9 * FRAME]);
    assertThat(out.samples()[1][30 * FRAME]).isEqualTo((short) 77);
    assertThat(legs.missing(0)).isEmpty();
    assertThat(legs.missing(1)).containsExactly(new Stretch(0, 600, Kind.MISSING));
  }

  @Test
  void missing_bothLegs_timeGoesOn() throws IOException {
    add(0, 1);
    add(1, 1);
    legs.missing(0, 3L * 3_600 * RATE_HZ);
    legs.missing(1, 3L * 3_600 * RATE_HZ - FRAME);
    end();

    assertThat(legs.positionMs()).isEqualTo(3 * 3_600_000 + 20);
    assertThat(legs.missing(0)).containsExactly(new Stretch(20, 10_800_020, Kind.MISSING));
    assertThat(legs.missing(1)).containsExactly(new Stretch(20, 10_800_020, Kind.MISSING));
  }

  @Test
  void giveOut_anotherRate_asLongAsSent() throws IOException {
    try (Legs other = new Legs(1, 44_100, 882, 16_000, 200, new TestCalls.Collector(1))) {
      for (int i = 0; i < 100; i++) {
        other.samples(0, new short[882]);
        other.level();
        while (other.giveOut()) {}
      }
      other.end();
      while (other.giveOut()) {}

      assertThat(other.positionMs()).isBetween(1_999L, 2_001L);
    }
  }

  private void add(int channel, int value) throws IOException {
    short[] frame = new short[FRAME];
    Arrays.fill(frame, (short) value);
    legs.samples(channel, frame);
    legs.level();
    while (legs.giveOut()) {}
  }

  private void end() throws IOException {
    legs.end();
    while (legs.giveOut()) {}
  }
}

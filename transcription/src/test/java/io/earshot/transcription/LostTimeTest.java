package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LostTimeTest {
  private final LostTime lostTime = new LostTime();

  @Test
  void before_noJunk_clockStays() {
    good(0, 10);

    assertThat(lostTime.before(320)).isZero();
  }

  @Test
  void before_junkInManySmallPackets_clockSetBack() {
    long end = good(0, 10); // of 32 bytes
    long sum = 0;
    for (int i = 0; i < 40; i++) { // 5 packets' worth of bytes, counted as 40
      sum += lostTime.before(end + i * 4L);
      lostTime.after(end + i * 4L, 4, false);
    }

    sum += lostTime.before(end + 160);

    assertThat(sum).isEqualTo(5 - 40);
  }

  @Test
  void before_junkInOneLargePacket_clockSetForward() {
    long end = good(0, 10);
    lostTime.after(end, 320, false); // 10 packets' worth

    assertThat(lostTime.before(end + 320)).isEqualTo(9);
    assertThat(lostTime.before(end + 320)).isZero(); // once
  }

  @Test
  void before_bytesSkippedAfterJunk_countToo() {
    long end = good(0, 10);
    lostTime.after(end, 32, false);

    assertThat(lostTime.before(end + 96)).isEqualTo(2);
  }

  @Test
  void before_junkBeforeAnythingGood_clockStays() {
    lostTime.after(0, 500, false);

    assertThat(lostTime.before(500)).isZero();
  }

  private long good(long position, int packets) {
    for (int i = 0; i < packets; i++) {
      lostTime.after(position + i * 32L, 32, true);
    }
    return position + packets * 32L;
  }
}

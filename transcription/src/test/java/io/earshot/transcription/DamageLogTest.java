package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamageLogTest {
  private final DamageLog damage = new DamageLog();

  @Test
  void good_afterBadOnes_onePlaceFromTheFirstOfThese() {
    damage.good();
    damage.bad(1.5);
    damage.bad(1.6);
    damage.good();
    damage.end();

    assertThat(damage.places()).isOne();
    assertThat(damage.goodUpToSeconds()).isEqualTo(1.5);
    assertThat(damage.isEndBad()).isFalse();
  }

  @Test
  void end_behindOneBadPacket_noPlaceButABadEnd() {
    damage.good();
    damage.bad(1.5);
    damage.end();

    assertThat(damage.places()).isZero();
    assertThat(damage.isEndBad()).isTrue();
  }

  @Test
  void end_behindManyBadPackets_aPlace() {
    damage.good();
    for (int i = 0; i < 10; i++) {
      damage.bad(1.5);
    }
    damage.end();

    assertThat(damage.places()).isOne();
    assertThat(damage.goodUpToSeconds()).isEqualTo(1.5);
  }

  @Test
  void isNoise_nearlyAllBadFromTheStart_true() {
    for (int i = 0; i < 50; i++) {
      damage.bad(0);
    }
    damage.good();

    assertThat(damage.isNoise()).isTrue();
  }

  @Test
  void isNoise_firstHalfBad_false() {
    for (int i = 0; i < 50; i++) {
      damage.bad(0);
    }
    for (int i = 0; i < 50; i++) {
      damage.good();
    }

    assertThat(damage.isNoise()).isFalse();
  }

  @Test
  void isNoise_goodBeginning_false() {
    damage.good();
    for (int i = 0; i < 50; i++) {
      damage.bad(0.02);
    }
    damage.end();

    assertThat(damage.isNoise()).isFalse();
  }
}

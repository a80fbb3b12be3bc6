package io.earshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.RankingProfile.Rarity;
import io.earshot.RankingProfile.Setting;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Profiles that are written and read again. */
class RankingProfilePropertiesTest {
  private static final Arbitrary<Double> VALUES = Arbitraries.doubles().between(0, 1).ofScale(17);

  @Provide
  Arbitrary<RankingProfile> profiles() {
    Arbitrary<Map<Setting, Double>> numbers =
        Arbitraries.maps(Arbitraries.of(Setting.class), VALUES);
    Arbitrary<Map<String, Double>> channels =
        Arbitraries.maps(
            Arbitraries.strings().withChars("abäЖ9-_").ofMinLength(1).ofMaxLength(5), VALUES);
    Arbitrary<Duration> halfLives =
        Arbitraries.longs()
            .between(1, Long.MAX_VALUE)
            .map(Duration::ofNanos)
            .flatMap(any -> Arbitraries.of(any, Duration.ofDays(1 + any.toDays())));
    return Combinators.combine(numbers, channels, halfLives, Arbitraries.of(Rarity.class))
        .as(
            (settings, weights, halfLife, rarity) -> {
              RankingProfile.Builder profile = RankingProfile.builder().rarity(rarity);
              settings.forEach(profile::set);
              weights.forEach((channel, weight) -> profile.channel(Channel.of(channel), weight));
              return profile.halfLife(halfLife).build();
            });
  }

  @Property(tries = 300)
  void profile_writtenAndRead_isTheSame(@ForAll("profiles") RankingProfile profile) {
    RankingProfile again = RankingProfile.parse(profile.toJson());

    assertThat(again).isEqualTo(profile).hasSameHashCodeAs(profile);
    assertThat(again.ranking()).isEqualTo(profile.ranking());
    assertThat(again.toJson()).isEqualTo(profile.toJson());
    assertThat(profile.toBuilder().build()).isEqualTo(profile);
  }
}

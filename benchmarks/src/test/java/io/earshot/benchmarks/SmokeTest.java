package io.earshot.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every benchmark once on a small corpus, so that none rots. Measures nothing. */
class SmokeTest {
  @Test
  void everyBenchmark_smallCorpus_runs() throws Exception {
    System.setProperty("jmh.ignoreLock", "true"); // nothing is measured: others may run beside it

    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("io.earshot.benchmarks")
                    .param("interactions", "200")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(20))
                    .shouldFailOnError(true)
                    .build())
            .run();

    assertThat(results).hasSizeGreaterThanOrEqualTo(4);
  }
}

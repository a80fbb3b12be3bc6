package io.earshot.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WorkerPoolTest {
  private final WorkerPool pool = new WorkerPool(2);

  private Worker ready(long bytes) {
    Worker worker = new Idle();
    assertThat(pool.reserve()).isTrue();
    pool.add(worker);
    pool.loaded(bytes);
    return worker;
  }

  @Test
  void takeIdle_several_theOneThatWorkedLast() {
    Worker first = ready(0);
    Worker second = ready(0);
    pool.giveBack(first);
    pool.giveBack(second);

    assertThat(pool.takeIdle()).isSameAs(second);
    assertThat(pool.takeIdle()).isSameAs(first);
    assertThat(pool.takeIdle()).isNull();
  }

  @Test
  void takeIdle_dead_countedAsLost() {
    Worker worker = ready(0);
    pool.giveBack(worker);
    worker.close();

    assertThat(pool.takeIdle()).isNull();
    assertThat(pool.lost()).isEqualTo(1);
    assertThat(pool.all()).isEmpty();
  }

  @Test
  void reserve_asManyAsThereMayBe_noMoreUntilOneIsGone() {
    Worker first = ready(0);
    assertThat(pool.reserve()).isTrue();
    assertThat(pool.reserve()).isFalse();

    pool.recycle(first);

    assertThat(pool.reserve()).isTrue();
    assertThat(pool.recycled()).isEqualTo(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reserve_lessMemoryThanAWorkerTakes_onlyWithoutAnother() {
    Worker first = ready(1L << 50);

    assertThat(pool.reserve()).isFalse();

    pool.lose(first);
    assertThat(pool.reserve()).isTrue();
  }

  @Test
  void failedToStart_othersThere_noReasonToGiveUpAndAPause() {
    Worker first = ready(0);
    assertThat(pool.reserve()).isTrue();

    assertThat(pool.failedToStart(null)).isZero();
    assertThat(pool.reserve()).isFalse();

    pool.lose(first);
    assertThat(pool.reserve()).isTrue();
    assertThat(pool.failedToStart(null)).isEqualTo(2);
  }

  @Test
  void failedToStart_inARow_countedUntilOneIsLoaded() {
    for (int i = 1; i <= 3; i++) {
      assertThat(pool.reserve()).isTrue();
      Worker worker = new Idle();
      pool.add(worker);
      assertThat(pool.failedToStart(worker)).isEqualTo(i);
    }

    pool.lose(ready(0));

    assertThat(pool.reserve()).isTrue();
    assertThat(pool.failedToStart(null)).isEqualTo(1);
  }

  private static final class Idle implements Worker {
    private boolean alive = true;

    @Override
    public WorkerFrame.Ready load() {
      return new WorkerFrame.Ready("", "", "");
    }

    @Override
    public long loadedBytes() {
      return 0;
    }

    @Override
    public Transcript transcribe(TranscriptionJob job) {
      return Transcript.builder("").build();
    }

    @Override
    public void stopped(TranscriptionJob job) {}

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public boolean isWornOut() {
      return false;
    }

    @Override
    public void close() {
      alive = false;
    }
  }
}

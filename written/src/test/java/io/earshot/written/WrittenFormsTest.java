package io.earshot.written;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenFormsTest {
  @Test
  void asHeard_words_oneTokenAWordWithItsIndex() {
    List<WrittenForm> forms = WrittenForms.asHeard().write(List.of("forty", "", "five"));

    assertThat(forms)
        .containsExactly(new WrittenForm("forty", 0, 0), new WrittenForm("five", 2, 2));
  }

  @Test
  void writtenForm_rangeBackwards_refusedWithTheRange() {
    assertThatThrownBy(() -> new WrittenForm("45", 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2..1");
  }
}

package io.earshot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Languages whose analysis takes jars that need not be there. */
class MorphologyTest {
  /** What {@code Morphology.of} answers where jars of that name are missing. */
  private static boolean knows(String language, String missing)
      throws IOException, ReflectiveOperationException {
    List<URL> jars = new ArrayList<>();
    int left = 0;
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (jar.contains(missing)) {
        left++;
      } else {
        jars.add(Path.of(jar).toUri().toURL());
      }
    }
    assertThat(left).as("jars that have %s in their name", missing).isPositive();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), platform)) {
      Method of =
          loader.loadClass(Morphology.class.getName()).getDeclaredMethod("of", String.class);
      of.setAccessible(true);
      return of.invoke(null, language) != null;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uk,lucene-analysis-morfologik,ja",
    "uk,morfologik-ukrainian,ja",
    "ja,kuromoji,uk",
    "ko,nori,ja",
    "zh,smartcn,ko"
  })
  void of_jarMissing_thatLanguageIsUnknownAndOthersAreNot(
      String language, String missing, String other) throws Exception {
    assertThat(knows(language, missing)).isFalse();
    assertThat(knows(other, missing)).isTrue();
  }

  @Test
  void of_everyJarThere_known() {
    for (String language : List.of("ja", "ko", "uk", "zh")) {
      assertThat(Morphology.of(language)).as(language).isNotNull();
    }
  }
}

package io.earshot.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names and phrases to expect in calls: one a line, in UTF-8; empty lines and those that begin with
 * {@code #} are none.
 */
record VocabularyFile(List<String> phrases) {
  VocabularyFile {
    phrases = List.copyOf(phrases);
  }

  /** Reads it while options are read, so that a mistake is told before anything is transcribed. */
  static final class Reader implements ITypeConverter<VocabularyFile> {
    @Override
    public VocabularyFile convert(String file) {
      try {
        return new VocabularyFile(
            Files.readAllLines(Path.of(file)).stream()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
      } catch (CharacterCodingException e) {
        throw new TypeConversionException("cannot read " + file + ": it is not UTF-8");
      } catch (NoSuchFileException e) {
        throw new TypeConversionException(Failures.message(e));
      } catch (IOException e) {
        throw new TypeConversionException("cannot read " + file + ": " + Failures.message(e));
      }
    }
  }
}

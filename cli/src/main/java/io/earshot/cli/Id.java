package io.earshot.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads an id, whatever it is: after {@code =} also one that looks like an option, or {@code --}.
 *
 * <p>By itself, picocli refuses what looks like an option as an option's value even there, where
 * nothing else can be meant. A mark in front keeps it from looking so.
 */
final class Id implements IParameterPreprocessor, ITypeConverter<String> {
  private static final String MARK = "=";

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (!arguments.isEmpty()
        && (MARK.equals(info.get("separator")) || arguments.peek().startsWith(MARK))) {
      arguments.push(MARK + arguments.pop());
    }
    return false; // and goes on as with any other option
  }

  @Override
  public String convert(String text) {
    return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
  }
}

package io.earshot.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The arrows of ARCHITECTURE.md. {@code io.earshot} begins every name, so packages are named
 * exactly.
 */
@AnalyzeClasses(packages = "io.earshot", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] WRITTEN = {"io.earshot.written", "io.earshot.written.."};
  private static final String[] SEARCH = {"io.earshot", "io.earshot.internal.."};
  private static final String[] TRANSCRIPTION = {"io.earshot.transcription.."};
  private static final String[] INDEXERS = {"io.earshot.indexers.."};
  private static final String[] EVALUATION = {"io.earshot.evaluation.."};
  private static final String[] CLI = {"io.earshot.cli.."};

  private static final List<String> EXPORTED =
      List.of(
          "io.earshot",
          "io.earshot.written",
          "io.earshot.transcription",
          "io.earshot.indexers",
          "io.earshot.evaluation");
  private static final List<String> NOT_OURS =
      List.of(
          "org.apache.lucene.",
          "org.vosk.",
          "com.sun.jna.",
          "org.bytedeco.",
          "org.apache.tika.",
          "org.apache.james.",
          "org.jsoup.",
          "com.fasterxml.jackson.");

  @ArchTest
  static final ArchRule WRITTEN_KNOWS_NOBODY =
      never(WRITTEN, SEARCH, TRANSCRIPTION, INDEXERS, EVALUATION, CLI);

  @ArchTest
  static final ArchRule SEARCH_KNOWS_ONLY_WRITTEN =
      never(SEARCH, TRANSCRIPTION, INDEXERS, EVALUATION, CLI);

  @ArchTest
  static final ArchRule TRANSCRIPTION_KNOWS_ONLY_WRITTEN =
      never(TRANSCRIPTION, SEARCH, INDEXERS, EVALUATION, CLI);

  @ArchTest
  static final ArchRule INDEXERS_KNOW_NO_EVALUATION_OR_CLI = never(INDEXERS, EVALUATION, CLI);

  @ArchTest
  static final ArchRule EVALUATION_KNOWS_ONLY_SEARCH =
      never(EVALUATION, WRITTEN, TRANSCRIPTION, INDEXERS, CLI);

  @ArchTest
  static final ArchRule INTERNAL_IS_FOR_SEARCH_CORE =
      noClasses()
          .that()
          .resideOutsideOfPackages(SEARCH)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.earshot.internal..");

  @ArchTest
  static final ArchRule OTHER_INTERNALS_ARE_FOR_THEIR_MODULE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.earshot.indexers..", "io.earshot.transcription..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.earshot.indexers.internal..", "io.earshot.transcription.internal..");

  @ArchTest
  static final ArchRule LUCENE_IS_SEEN_BY_SEARCH_CORE_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(SEARCH)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..");

  @ArchTest
  static final ArchRule SPEECH_LIBRARIES_ARE_SEEN_BY_TRANSCRIPTION_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackages(TRANSCRIPTION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vosk..", "com.sun.jna..", "org.bytedeco..");

  @ArchTest
  static final ArchRule EXPORTED_SIGNATURES_NAME_ONLY_OURS =
      ArchRuleDefinition.classes()
          .that(are("exported", ArchitectureTest::isExported))
          .should(nameOnlyTypesForUsers());

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().assignedFrom(eachPackage()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      ArchRuleDefinition.classes().should(lieInNullMarkedPackages());

  private static ArchRule never(String[] from, String[]... to) {
    String[] forbidden = Stream.of(to).flatMap(Stream::of).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> are(
      String what, java.util.function.Predicate<JavaClass> test) {
    return DescribedPredicate.describe(what, test);
  }

  /**
   * Whether a user of the module can name it: public in an exported package, its outer types too.
   */
  private static boolean isExported(JavaClass type) {
    return EXPORTED.contains(type.getPackageName())
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isExported).orElse(true);
  }

  private static boolean isInternal(JavaClass type) {
    return (type.getPackageName() + ".").matches("io[.]earshot[.](.*[.])?internal[.].*");
  }

  private static ArchCondition<JavaClass> nameOnlyTypesForUsers() {
    return new ArchCondition<>("name only the JDK's types and exported ones in their signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaType each : supertypes(type)) {
          report(type, type.getFullName(), each, events);
        }
        for (JavaMember member : type.getMembers()) {
          if (member.getModifiers().contains(JavaModifier.PUBLIC)
              || member.getModifiers().contains(JavaModifier.PROTECTED)) {
            for (JavaType each : signature(member)) {
              report(type, member.getFullName(), each, events);
            }
          }
        }
      }

      private void report(JavaClass type, String where, JavaType named, ConditionEvents events) {
        for (JavaClass raw : named.getAllInvolvedRawTypes()) {
          JavaClass element = raw.getBaseComponentType();
          boolean foreign = NOT_OURS.stream().anyMatch(element.getName()::startsWith);
          boolean hidden = isInternal(element);
          if (foreign || hidden) {
            events.add(SimpleConditionEvent.violated(type, where + " names " + element.getName()));
          }
        }
      }
    };
  }

  private static Set<JavaType> supertypes(JavaClass type) {
    Set<JavaType> types = new LinkedHashSet<>(type.getInterfaces());
    type.getSuperclass().ifPresent(types::add);
    return types;
  }

  private static Set<JavaType> signature(JavaMember member) {
    Set<JavaType> types = new LinkedHashSet<>();
    if (member instanceof JavaField field) {
      types.add(field.getType());
    }
    if (member instanceof JavaCodeUnit codeUnit) {
      types.add(codeUnit.getReturnType());
      types.addAll(codeUnit.getParameterTypes());
      types.addAll(codeUnit.getExceptionTypes());
    }
    return types;
  }

  private static SliceAssignment eachPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getPackageName());
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static ArchCondition<JavaClass> lieInNullMarkedPackages() {
    return new ArchCondition<>("lie in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        JavaPackage in = type.getPackage();
        boolean marked = in.tryGetPackageInfo().isPresent() && in.isAnnotatedWith(NullMarked.class);
        if (!marked) {
          events.add(
              SimpleConditionEvent.violated(
                  type, in.getName() + " has no package-info.java with @NullMarked"));
        }
      }
    };
  }
}

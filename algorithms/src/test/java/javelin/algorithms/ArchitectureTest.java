package javelin.algorithms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Set;

/// Rules on who may know whom inside this module.
class ArchitectureTest {
    private static final String ROOT = "javelin.algorithms.";

    /// Packages below [#ROOT] that are no papers: what papers share, and what runs all of them.
    private static final Set<String> NO_PAPERS = Set.of("common", "cli", "report");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPath(Path.of(System.getProperty("javelin.classes", "target/classes")));

    private static final DescribedPredicate<JavaClass> PARTS_OF_PAPERS =
            describe("parts of papers", type -> !paper(type).isEmpty());

    @Test
    void papersDoNotDependOnPapers() {
        noClasses()
                .that(PARTS_OF_PAPERS)
                .should(dependOnAnotherPaper())
                .because("what two papers share belongs in nn or in algorithms/common")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void nobodyTouchesTheVectorModule() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("jdk.incubator.vector.."))
                .because("what is lower than nn belongs in an op or a kernel")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static ArchCondition<JavaClass> dependOnAnotherPaper() {
        return new ArchCondition<>("depend on another paper") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    String other = paper(dependency.getTargetClass());
                    if (!other.isEmpty() && !other.equals(paper(type))) {
                        events.add(
                                SimpleConditionEvent.satisfied(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /// The first package below [#ROOT], or the empty string where there is none or it is no paper.
    private static String paper(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String first = name.substring(ROOT.length()).split("\\.", 2)[0];
        return NO_PAPERS.contains(first) ? "" : first;
    }
}

package javelin.kernels;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

/// Rules on who may know whom inside this module.
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .importPath(Path.of(System.getProperty("javelin.classes", "target/classes")));

    /// `FooSimd` and whatever is nested in it.
    private static final DescribedPredicate<JavaClass> SIMD =
            describe("a *Simd class", type -> isSimd(type.getName()));

    @Test
    void classesAreRead() {
        assertThat(CLASSES.contain("javelin.kernels.Kernel")).isTrue();
    }

    @Test
    void onlySimdClassesTouchTheVectorModule() {
        noClasses()
                .that(DescribedPredicate.not(SIMD))
                .should()
                .dependOnClassesThat(resideInAPackage("jdk.incubator.vector.."))
                .because("without the vector module the engine must still load and run plain loops")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void referenceDependsOnNoOtherBackend() {
        noClasses()
                .that()
                .resideInAPackage("javelin.kernels.reference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javelin.kernels.cpu..",
                        "javelin.kernels.opencl..",
                        "javelin.kernels.cuda..")
                .because("the oracle must share nothing with what it judges")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static boolean isSimd(String name) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        for (String part : simple.split("\\$", -1)) {
            if (part.endsWith("Simd")) {
                return true;
            }
        }
        return false;
    }
}

package dev.llmsim;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packages point one way: down this list. */
class ArchitectureTest {
    private static final List<String> TOP_DOWN = List.of(
            "dev.llmsim.cli..",
            "dev.llmsim",
            "dev.llmsim.gateway..",
            "dev.llmsim.mode..",
            "dev.llmsim.recorder..",
            "dev.llmsim.match..",
            "dev.llmsim.timing..",
            "dev.llmsim.store..",
            "dev.llmsim.synth..",
            "dev.llmsim.cassette..",
            "dev.llmsim.provider..",
            "dev.llmsim.telemetry..",
            "dev.llmsim.exchange..");

    private static final List<String> STRANGERS =
            List.of("dev.llmsim.match..", "dev.llmsim.timing..", "dev.llmsim.store..", "dev.llmsim.synth..");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.llmsim");

    @Test
    void importsPointDownTheList() {
        for (int lower = 1; lower < TOP_DOWN.size(); lower++) {
            noClasses()
                    .that()
                    .resideInAPackage(TOP_DOWN.get(lower))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(TOP_DOWN.subList(0, lower).toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @Test
    void matchingTimingStoreAndSynthesisDoNotKnowEachOther() {
        for (String one : STRANGERS) {
            String[] others = STRANGERS.stream().filter(s -> !s.equals(one)).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(one)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
    }

    @Test
    void packagesFormNoCircle() {
        SlicesRuleDefinition.slices()
                .matching("dev.llmsim.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheGatewayKnowsNetty() {
        onlyOneRoomKnows("dev.llmsim.gateway..", "io.netty..");
    }

    @Test
    void onlyTheStoreKnowsTheDatabase() {
        onlyOneRoomKnows("dev.llmsim.store..", "org.jdbi..", "org.h2..", "java.sql..", "javax.sql..");
    }

    @Test
    void onlyTheSimulatorKnowsTheTokenizer() {
        onlyOneRoomKnows("dev.llmsim.synth..", "com.knuddels..");
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        onlyOneRoomKnows("dev.llmsim.cli..", "picocli..");
    }

    @Test
    void theSharedWordsUseTheJdkAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.llmsim.exchange..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.llmsim.exchange..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsAndExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.llmsim.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    /** A wire format is declared once: nothing else of {@code provider} knows it, but for those that build on OpenAI's. */
    @Test
    void dialectsDoNotKnowEachOther() {
        SlicesRuleDefinition.slices()
                .matching("dev.llmsim.provider.(openai|anthropic|gemini|ollama|cohere)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    /** Bedrock hosts Claude, whose bodies are Anthropic's: one class of it asks for them, by the public entry. */
    @Test
    void bedrockKnowsAnthropicsMessagesAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.llmsim.provider.bedrock..")
                .and()
                .haveNameNotMatching(".*\\.ClaudeBodies(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.llmsim.provider.openai..",
                        "dev.llmsim.provider.anthropic..",
                        "dev.llmsim.provider.gemini..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.llmsim.provider.openai..",
                        "dev.llmsim.provider.anthropic..",
                        "dev.llmsim.provider.gemini..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.llmsim.provider.bedrock..")
                .check(CLASSES);
    }

    /** The benchmark measures the program from outside: of its classes it asks the latency profiles alone, what they promise. */
    @Test
    void theBenchmarkKnowsTheLatencyProfilesAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.llmsim.bench")
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.llmsim..")
                        .and(DescribedPredicate.not(resideInAnyPackage("dev.llmsim.bench", "dev.llmsim.timing"))))
                .check(new ClassFileImporter().importPackages("dev.llmsim.bench"));
    }

    private static void onlyOneRoomKnows(String room, String... libraries) {
        noClasses()
                .that(alwaysTrue())
                .and()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(CLASSES);
    }
}

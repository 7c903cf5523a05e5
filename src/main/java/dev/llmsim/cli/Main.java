package dev.llmsim.cli;

import dev.llmsim.exchange.LlmSimException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // by its name alone, before its class is loaded: what loads it asks this property which one to take
        System.getProperties().putIfAbsent("java.util.logging.manager", LastingLogManager.class.getName());
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        LogLines.install(err, List.of(args).contains("--verbose"));
        System.exit(run(args, System.getenv(), out, err));
    }

    /** Runs one command and returns its exit code. */
    static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        ConfigFile config;
        try {
            config = ConfigFile.of(List.of(args), environment);
        } catch (LlmSimException e) {
            err.println("llmsim: " + e.getMessage());
            return e.code().exitCode();
        }
        config.warnings().forEach(warning -> err.println("llmsim: warning: " + warning));
        Root root = new Root(environment);
        CommandLine program = new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setDefaultValueProvider(new EnvironmentDefaults(environment, config))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
        try {
            Variables variables = new Variables(environment, program);
            variables.warnings().forEach(err::println);
            Complaints complaints = new Complaints(variables, root);
            return program.setParameterExceptionHandler(complaints::usage)
                    .setExecutionExceptionHandler(complaints::failure)
                    .execute(args);
        } catch (StackOverflowError | OutOfMemoryError e) {
            return Complaints.exhausted(e, root, err);
        }
    }
}

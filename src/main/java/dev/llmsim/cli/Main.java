package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, System.getenv(), out, err));
    }

    /** Runs one command and returns its exit code. */
    static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        Root root = new Root(environment);
        return new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::usageError)
                .setExecutionExceptionHandler((problem, command, parsed) -> failure(problem, command, root.isVerbose()))
                .execute(args);
    }

    private static int usageError(CommandLine.ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("llmsim: " + problem.getMessage());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ErrorCode.USAGE.exitCode();
    }

    private static int failure(Exception problem, CommandLine command, boolean verbose) {
        if (verbose) {
            problem.printStackTrace(command.getErr());
        } else {
            command.getErr().println("llmsim: " + oneLine(problem));
        }
        ErrorCode code = problem instanceof LlmSimException known ? known.code() : ErrorCode.INTERNAL;
        return code.exitCode();
    }

    private static String oneLine(Exception problem) {
        String text = problem instanceof LlmSimException
                ? String.valueOf(problem.getMessage())
                : "unforeseen: " + problem + " (run again with --verbose for the stack)";
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}

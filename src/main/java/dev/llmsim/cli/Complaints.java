package dev.llmsim.cli;

import dev.llmsim.exchange.ErrorCode;
import dev.llmsim.exchange.LlmSimException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** What is printed when a command fails, and the exit code. */
final class Complaints {
    private final Variables variables;
    private final Root root;

    Complaints(Variables variables, Root root) {
        this.variables = variables;
        this.root = root;
    }

    int usage(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String complaint = problem instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unknown(unmatched.getUnmatched().get(0), command)
                : String.valueOf(problem.getMessage());
        command.getErr().println("llmsim: " + withVariable(complaint, List.of(arguments)));
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ErrorCode.USAGE.exitCode();
    }

    private static String unknown(String argument, CommandLine command) {
        List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
        if (argument.startsWith("-")) {
            String name = argument.split("=", 2)[0];
            List<String> known =
                    new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
            return "unknown option " + name + Spelling.hint(name, known);
        }
        return commands.isEmpty()
                ? "unexpected argument '" + argument + "'"
                : "unknown command " + argument + Spelling.hint(argument, commands);
    }

    int failure(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        if (root.isVerbose()) {
            problem.printStackTrace(command.getErr());
        } else {
            command.getErr().println("llmsim: " + withVariable(oneLine(problem), parsed.originalArgs()));
        }
        return problem instanceof LlmSimException known ? known.code().exitCode() : ErrorCode.INTERNAL.exitCode();
    }

    /** The machine itself gave up: its stack or its heap was too small. */
    static int exhausted(VirtualMachineError problem, Root root, PrintWriter err) {
        if (root.isVerbose()) {
            problem.printStackTrace(err);
        } else {
            err.println("llmsim: " + oneLine(problem));
        }
        return ErrorCode.INTERNAL.exitCode();
    }

    private String withVariable(String complaint, List<String> arguments) {
        return variables
                .behind(complaint, arguments)
                .map(variable -> "variable " + variable + ": " + complaint)
                .orElse(complaint);
    }

    private static String oneLine(Throwable problem) {
        String text = problem instanceof LlmSimException
                ? String.valueOf(problem.getMessage())
                : "unforeseen: " + problem + " (run again with --verbose for the stack)";
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}

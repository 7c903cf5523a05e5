package dev.llmsim.cli;

import dev.llmsim.synth.faults.Fault;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is done to answers on their way. */
final class FaultOption {
    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            split = ",",
            description = {
                "Done to every answer: cut@frame=3, reset@byte=120, stall@frame=2;for=5s, drop@event=2, corrupt@event=2,",
                "error@event=3, split@byte=17 or drip;rate=200B/s, each with ;p=0.1 for one in ten (docs/faults.md)."
            })
    private List<String> faults = new ArrayList<>();

    List<Fault> faults() {
        return Fault.parseAll(String.join(",", faults));
    }
}

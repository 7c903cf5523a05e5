package dev.llmsim.cli;

import dev.llmsim.mode.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code llmsim auto}: a recording where there is one, else upstream. */
@Command(
        name = "auto",
        description = {
            "Answers from the tape where it holds the request; else forwards it to the real provider and keeps the answer.",
            "Only complete answers below 400 are kept and played, so that a retry never meets a recorded error."
        })
final class AutoCommand implements Callable<Integer> {
    @ParentCommand
    private Root root = new Root();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private UpstreamOptions upstream = new UpstreamOptions();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private CassetteOption cassette = new CassetteOption();

    @Mixin
    private PaceOption pace = new PaceOption();

    @Override
    public Integer call() {
        return root.serve(
                root.gateway(Mode.AUTO, listen, upstream)
                        .store(store.store)
                        .cassette(cassette.nameOrDefault())
                        .pace(pace.pace()),
                listen);
    }
}

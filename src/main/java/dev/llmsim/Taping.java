package dev.llmsim;

import dev.llmsim.cassette.redaction.HeaderRules;
import dev.llmsim.exchange.RawExchange;
import dev.llmsim.exchange.Request;
import dev.llmsim.match.Normaliser;
import dev.llmsim.mode.Proof;
import dev.llmsim.recorder.Developed;
import dev.llmsim.recorder.Development;
import dev.llmsim.recorder.Draft;
import dev.llmsim.recorder.Labels;
import dev.llmsim.recorder.Recorder;
import dev.llmsim.recorder.RecorderListener;
import dev.llmsim.recorder.RecorderSettings;
import dev.llmsim.recorder.RecorderSteps;
import dev.llmsim.store.Keys;
import dev.llmsim.store.Tape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to an exchange on its way to the tape: redact, develop, name, key, prove. */
final class Taping {
    private static final Logger LOG = LoggerFactory.getLogger(Taping.class);

    private final Assembly assembly;
    private final Development development;

    Taping(Assembly assembly) {
        this.assembly = assembly;
        this.development = new Development(assembly.redactor());
    }

    Recorder start(Tape tape, RecorderSettings settings, RecorderListener listener) {
        Proof proof = new Proof(assembly.matches(), Development::decoded, HeaderRules::kept);
        RecorderSteps steps = new RecorderSteps(
                this::redactHead,
                this::develop,
                this::label,
                (onTape, sent) -> proof.flaw(onTape, sent)
                        .map(flaw -> Development.undecodable(sent).orElse(flaw)));
        return Recorder.start(tape, settings, steps, listener);
    }

    private Request redactHead(Request head) {
        return assembly.redactor().redact(head).request();
    }

    private Draft develop(RawExchange raw) {
        Developed developed = development.develop(raw);
        developed
                .remarks()
                .forEach(remark -> LOG.warn(
                        "{} to {}: {}", raw.request().method(), raw.request().upstream(), remark));
        return new Draft(developed.request(), developed.response(), developed.redacted());
    }

    private Labels label(Draft draft, RawExchange raw) {
        Keys keys = assembly.keys(draft.request(), Normaliser.exactKey(raw.request()));
        return new Labels(assembly.idOf(draft.request(), keys.content()), keys);
    }
}

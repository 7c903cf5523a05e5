package dev.llmsim.synth;

import dev.llmsim.provider.simulation.Answer;

/** What a session's script makes of one request. */
public sealed interface Attempt {
    /** The script answers. */
    record Scripted(Answer answer) implements Attempt {}

    /** A script has no say: this is answered without a model being asked, or refused before it would be. */
    record Unasked(Answer answer) implements Attempt {}

    /** No turn of the script is for it. */
    record Unscripted() implements Attempt {}
}

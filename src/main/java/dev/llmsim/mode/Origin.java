package dev.llmsim.mode;

/**
 * Where an answer that needed no network comes from, as the client and the request line are told.
 *
 * @param cassette the cassette's name
 * @param recordingId the recording within it
 * @param match how it matched
 */
public record Origin(String cassette, String recordingId, MatchTier match) {}

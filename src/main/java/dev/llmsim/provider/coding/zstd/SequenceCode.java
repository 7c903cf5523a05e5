package dev.llmsim.provider.coding.zstd;

/** What the codes of a sequence stand for (RFC 8878, section 3.1.1.3.2.1.1), and their predefined tables (section 3.1.1.3.2.2). */
final class SequenceCode {
    static final SequenceCode LITERAL_LENGTH = new SequenceCode(
            new FseTable.Limits(9, 35),
            new int[] {
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256,
                512, 1024, 2048, 4096, 8192, 16384, 32768, 65536
            },
            new int[] {
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13,
                14, 15, 16
            },
            SequencesSection.predefined(
                    6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
                    -1, -1, -1, -1));

    static final SequenceCode MATCH_LENGTH = new SequenceCode(
            new FseTable.Limits(9, 52),
            new int[] {
                3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195,
                16387, 32771, 65539
            },
            new int[] {
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1,
                1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
            },
            SequencesSection.predefined(
                    6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1));

    static final SequenceCode OFFSET = new SequenceCode(
            new FseTable.Limits(8, 30),
            new int[0],
            new int[0],
            SequencesSection.predefined(
                    5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1));

    private final FseTable.Limits limits;
    private final int[] baselines;
    private final int[] extraBits;
    private final FseTable predefined;

    private SequenceCode(FseTable.Limits limits, int[] baselines, int[] extraBits, FseTable predefined) {
        this.limits = limits;
        this.baselines = baselines;
        this.extraBits = extraBits;
        this.predefined = predefined;
    }

    FseTable.Limits limits() {
        return limits;
    }

    FseTable predefined() {
        return predefined;
    }

    int value(int code, BackwardBits bits) {
        return baselines[code] + bits.read(extraBits[code]);
    }
}

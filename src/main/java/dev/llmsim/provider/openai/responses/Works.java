package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.simulation.Work;

/** What responses take. */
final class Works {
    private Works() {}

    static Work of(CreateRequest request, Output output, int shownTokens, boolean streamed) {
        return request.delivery().generates()
                ? new Work(request.model(), output.usage(), shownTokens, streamed)
                : Work.NONE;
    }
}

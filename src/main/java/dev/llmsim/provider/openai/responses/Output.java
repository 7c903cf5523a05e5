package dev.llmsim.provider.openai.responses;

import dev.llmsim.provider.conversation.Choice;
import dev.llmsim.provider.conversation.Content;
import dev.llmsim.provider.conversation.Finish;
import dev.llmsim.provider.conversation.Reply;
import dev.llmsim.provider.conversation.Thinking;
import dev.llmsim.provider.conversation.Usage;
import dev.llmsim.provider.simulation.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the model answered.
 *
 * @param incomplete why it stopped too early; empty where it did not
 */
record Output(List<OutputItem> items, Usage usage, String incomplete) {
    static final Output NONE = new Output(List.of(), new Usage(0, 0, 0, 0, 0), "");

    /** As recorded: models from GPT-5.4 on tell comments from answers. */
    private static final Pattern PHASED = Pattern.compile("gpt-(5\\.[4-9]|[6-9]).*");

    private static final int ID_DIGITS = 50;

    Output {
        items = List.copyOf(items);
    }

    static Output of(CreateRequest request, Reply reply, Ids ids) {
        Choice choice = reply.first();
        String incomplete = switch (choice.finish().reason()) {
            case LENGTH -> "max_output_tokens";
            case CONTENT_FILTER -> "content_filter";
            default -> "";
        };
        List<OutputItem> items = new ArrayList<>();
        int last = choice.contents().size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean cut = !incomplete.isEmpty() && i == last;
            Making making =
                    new Making(request, choice, ids, cut ? OutputItem.Status.INCOMPLETE : OutputItem.Status.COMPLETED);
            items.add(making.item(choice.contents().get(i)));
        }
        return new Output(items, reply.usage(), incomplete);
    }

    /** What of it was said when it was steered. */
    Output upTo(Steering place) {
        List<OutputItem> said = new ArrayList<>();
        int left = place.deltas();
        for (OutputItem item : items.subList(0, Math.min(items.size(), place.begun()))) {
            boolean whole = said.size() < place.done();
            int shown =
                    whole ? item.tokens().size() : Math.min(left, item.tokens().size());
            said.add(whole ? item : item.cut(shown));
            left = Math.max(0, left - shown);
        }
        int unsaid =
                tokens() - said.stream().mapToInt(item -> item.tokens().size()).sum();
        Usage spent = new Usage(
                usage.prompt(),
                Math.max(0, usage.completion() - unsaid),
                usage.reasoning(),
                usage.cacheRead(),
                usage.cacheWritten());
        return new Output(said, spent, "steered");
    }

    boolean thought() {
        return items.stream().anyMatch(ReasoningItem.class::isInstance);
    }

    /** The texts of all messages. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (OutputItem item : items) {
            text.append(item instanceof MessageItem message && !message.refused() ? message.text() : "");
        }
        return text.toString();
    }

    int tokens() {
        return items.stream().mapToInt(item -> item.tokens().size()).sum();
    }

    /** One item in the making. */
    private record Making(CreateRequest request, Choice choice, Ids ids, OutputItem.Status ended) {
        OutputItem item(Content content) {
            if (content instanceof Content.Thought thought) {
                return reasoning(thought);
            }
            if (content instanceof Content.ToolCall call) {
                boolean custom = request.tools().custom().contains(call.name());
                String id = ids.hex(custom ? "ctc_" : "fc_", ID_DIGITS);
                return new CallItem(id, call.id(), call.name(), call.tokens(), custom, ended);
            }
            String id = ids.hex("msg_", ID_DIGITS);
            boolean refused = content instanceof Content.Refusal;
            int logprobs = request.sampling().topLogprobs();
            return new MessageItem(id, content.tokens(), refused, phase(), logprobs, ended);
        }

        private ReasoningItem reasoning(Content.Thought thought) {
            String id = ids.hex("rs_", ID_DIGITS);
            boolean raw = request.thinking().summary() == Thinking.Summary.NONE
                    || request.thinking().summary() == Thinking.Summary.FULL;
            int hidden = thought.hiddenTokens();
            String sealed = request.includes(CreateReader.ENCRYPTED) ? SealedThoughts.of(hidden, ids) : "";
            return new ReasoningItem(id, thought.tokens(), raw, hidden, sealed, ended);
        }

        private String phase() {
            if (!PHASED.matcher(request.model()).matches()) {
                return "";
            }
            return choice.finish().reason() == Finish.Reason.TOOL_CALLS ? "commentary" : "final_answer";
        }
    }
}

// The official Go clients against a running llmsim: LLMSIM_BASE, and LLMSIM_LIMITED_BASE that answers 429 always.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/anthropics/anthropic-sdk-go"
	claude "github.com/anthropics/anthropic-sdk-go/option"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"
)

const prompt = "What is the weather in Paris?"

var (
	base    = os.Getenv("LLMSIM_BASE")
	limited = os.Getenv("LLMSIM_LIMITED_BASE")
	ctx     = context.Background()

	gpt  = openai.NewClient(option.WithBaseURL(base+"/openai/v1/"), option.WithAPIKey("any"), option.WithMaxRetries(0))
	opus = anthropic.NewClient(claude.WithBaseURL(base+"/anthropic/"), claude.WithAPIKey("any"), claude.WithMaxRetries(0))

	schema = map[string]any{
		"type":                 "object",
		"properties":           map[string]any{"city": map[string]any{"type": "string"}},
		"required":             []string{"city"},
		"additionalProperties": false,
	}
	asked = []openai.ChatCompletionMessageParamUnion{openai.UserMessage(prompt)}
	tools = []openai.ChatCompletionToolUnionParam{openai.ChatCompletionFunctionTool(
		openai.FunctionDefinitionParam{Name: "get_weather", Parameters: schema})}
)

func hold(holds bool, format string, values ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(format, values...)
}

func openaiChat() error {
	answer, err := gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "gpt-4o", Messages: asked})
	if err != nil {
		return err
	}
	usage := answer.Usage
	return hold(answer.Choices[0].FinishReason == "stop" && answer.Choices[0].Message.Content != "" &&
		usage.PromptTokens+usage.CompletionTokens == usage.TotalTokens, "answer: %s", answer.RawJSON())
}

func openaiChatStream() error {
	stream := gpt.Chat.Completions.NewStreaming(ctx, openai.ChatCompletionNewParams{
		Model: "gpt-5", Messages: asked,
		StreamOptions: openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
	})
	whole := openai.ChatCompletionAccumulator{}
	for stream.Next() {
		if !whole.AddChunk(stream.Current()) {
			return fmt.Errorf("a chunk that does not fit: %s", stream.Current().RawJSON())
		}
	}
	if err := stream.Err(); err != nil {
		return err
	}
	return hold(whole.Choices[0].Message.Content != "" && whole.Usage.CompletionTokensDetails.ReasoningTokens > 0,
		"usage: %+v", whole.Usage)
}

func openaiToolLoop() error {
	first, err := gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model: "gpt-4o", Messages: asked, Tools: tools,
		ToolChoice: openai.ChatCompletionToolChoiceOptionUnionParam{OfAuto: openai.String("required")},
	})
	if err != nil {
		return err
	}
	message := first.Choices[0].Message
	var arguments struct{ City *string }
	if err := json.Unmarshal([]byte(message.ToolCalls[0].Function.Arguments), &arguments); err != nil || arguments.City == nil {
		return fmt.Errorf("arguments: %s", message.ToolCalls[0].Function.Arguments)
	}
	second, err := gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model: "gpt-4o", Tools: tools,
		Messages: append(asked, message.ToParam(), openai.ToolMessage("sunny", message.ToolCalls[0].ID)),
	})
	if err != nil {
		return err
	}
	return hold(second.Choices[0].FinishReason == "stop", "answer: %s", second.RawJSON())
}

func openaiStructuredOutput() error {
	answer, err := gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model: "gpt-4o", Messages: asked,
		ResponseFormat: openai.ChatCompletionNewParamsResponseFormatUnion{
			OfJSONSchema: &openai.ResponseFormatJSONSchemaParam{JSONSchema: openai.ResponseFormatJSONSchemaJSONSchemaParam{
				Name: "place", Strict: openai.Bool(true), Schema: schema,
			}},
		},
	})
	if err != nil {
		return err
	}
	var place struct{ City *string }
	err = json.Unmarshal([]byte(answer.Choices[0].Message.Content), &place)
	return hold(err == nil && place.City != nil, "content: %s", answer.Choices[0].Message.Content)
}

func openaiEmbeddings() error {
	answer, err := gpt.Embeddings.New(ctx, openai.EmbeddingNewParams{
		Model: "text-embedding-3-small", Input: openai.EmbeddingNewParamsInputUnion{OfString: param.NewOpt(prompt)},
	})
	if err != nil {
		return err
	}
	return hold(len(answer.Data[0].Embedding) == 1536, "dimensions: %d", len(answer.Data[0].Embedding))
}

func openaiResponses() error {
	stream := gpt.Responses.NewStreaming(ctx, responses.ResponseNewParams{
		Model: "gpt-5", Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(prompt)},
	})
	text, whole := "", ""
	for stream.Next() {
		switch event := stream.Current().AsAny().(type) {
		case responses.ResponseTextDeltaEvent:
			text += event.Delta
		case responses.ResponseCompletedEvent:
			whole = event.Response.OutputText()
		}
	}
	if err := stream.Err(); err != nil {
		return err
	}
	return hold(text != "" && text == whole, "streamed: %s, whole: %s", text, whole)
}

func openaiErrors() error {
	_, err := gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "gpt-4o"})
	var refused *openai.Error
	if !errors.As(err, &refused) || refused.StatusCode != 400 || refused.Type != "invalid_request_error" {
		return fmt.Errorf("no messages: %v", err)
	}
	_, err = gpt.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{Model: "gpt-4o", Messages: asked},
		option.WithBaseURL(limited+"/openai/v1/"))
	return hold(errors.As(err, &refused) && refused.StatusCode == 429 && refused.Code == "rate_limit_exceeded", "limited: %v", err)
}

func message(more ...anthropic.MessageParam) anthropic.MessageNewParams {
	return anthropic.MessageNewParams{
		Model: "claude-opus-4-8", MaxTokens: 512,
		Messages: append([]anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock(prompt))}, more...),
		Tools: []anthropic.ToolUnionParam{{OfTool: &anthropic.ToolParam{
			Name: "get_weather",
			InputSchema: anthropic.ToolInputSchemaParam{
				Properties: schema["properties"], Required: []string{"city"},
			},
		}}},
	}
}

func anthropicMessages() error {
	params := message()
	params.Tools = nil
	answer, err := opus.Messages.New(ctx, params)
	if err != nil {
		return err
	}
	return hold(answer.StopReason == "end_turn" && answer.Content[0].Text != "", "answer: %s", answer.RawJSON())
}

func anthropicToolLoop() error {
	params := message()
	params.ToolChoice = anthropic.ToolChoiceUnionParam{OfAny: &anthropic.ToolChoiceAnyParam{}}
	stream := opus.Messages.NewStreaming(ctx, params)
	first := anthropic.Message{}
	for stream.Next() {
		if err := first.Accumulate(stream.Current()); err != nil {
			return err
		}
	}
	if err := stream.Err(); err != nil {
		return err
	}
	var input struct{ City *string }
	call := first.Content[len(first.Content)-1]
	if err := json.Unmarshal(call.Input, &input); err != nil || input.City == nil || first.StopReason != "tool_use" {
		return fmt.Errorf("call: %s, %s", first.StopReason, call.Input)
	}
	second, err := opus.Messages.New(ctx, message(
		first.ToParam(), anthropic.NewUserMessage(anthropic.NewToolResultBlock(call.ID, "sunny", false))))
	if err != nil {
		return err
	}
	return hold(second.StopReason == "end_turn", "answer: %s", second.RawJSON())
}

func anthropicModels() error {
	page, err := opus.Models.List(ctx, anthropic.ModelListParams{})
	if err != nil {
		return err
	}
	one, err := opus.Models.Get(ctx, page.Data[0].ID, anthropic.ModelGetParams{})
	if err != nil {
		return err
	}
	return hold(one.ID == page.Data[0].ID && one.DisplayName != "", "model: %s", one.RawJSON())
}

func anthropicErrors() error {
	_, err := opus.Messages.New(ctx, anthropic.MessageNewParams{Model: "claude-opus-4-8", MaxTokens: 9})
	var refused *anthropic.Error
	if !errors.As(err, &refused) || refused.StatusCode != 400 {
		return fmt.Errorf("no messages: %v", err)
	}
	_, err = opus.Messages.New(ctx, message(), claude.WithBaseURL(limited+"/anthropic/"))
	return hold(errors.As(err, &refused) && refused.StatusCode == 429, "limited: %v", err)
}

func main() {
	context, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	ctx = context
	failed := false
	for _, check := range []struct {
		name string
		does func() error
	}{
		{"openai chat", openaiChat}, {"openai chat stream", openaiChatStream}, {"openai tool loop", openaiToolLoop},
		{"openai structured output", openaiStructuredOutput}, {"openai embeddings", openaiEmbeddings},
		{"openai responses", openaiResponses}, {"openai errors", openaiErrors},
		{"anthropic messages", anthropicMessages}, {"anthropic tool loop", anthropicToolLoop},
		{"anthropic models", anthropicModels}, {"anthropic errors", anthropicErrors},
	} {
		if err := check.does(); err != nil {
			failed = true
			fmt.Println("FAIL  go:", check.name+":", err)
		} else {
			fmt.Println("ok    go:", check.name)
		}
	}
	if failed {
		os.Exit(1)
	}
}

#!/usr/bin/env bash
# curl against a running llmsim (LLMSIM_BASE): one line for each API, and what it has to hold.
set -euo pipefail
base=${LLMSIM_BASE:?set LLMSIM_BASE to http://127.0.0.1:PORT of a running llmsim}
prompt='What is the weather in Paris?'

# holds NAME EXPECTED CURL-ARGUMENTS: the answer has the expected text.
holds() {
    local name=$1 expected=$2 answer
    shift 2
    answer=$(curl -sS --fail-with-body --max-time 30 -H 'content-type: application/json' "$@") || { printf 'FAIL  curl: %s: %s\n' "$name" "$answer"; exit 1; }
    grep -qF -- "$expected" <<<"$answer" || { printf 'FAIL  curl: %s: no %s in %s\n' "$name" "$expected" "$answer"; exit 1; }
    printf 'ok    curl: %s\n' "$name"
}

chat='"messages":[{"role":"user","content":"'$prompt'"}]'
holds "openai chat" '"finish_reason":"stop"' "$base/openai/v1/chat/completions" -d '{"model":"gpt-4o",'"$chat}"
holds "openai chat stream" 'data: [DONE]' -N "$base/openai/v1/chat/completions" -d '{"model":"gpt-4o","stream":true,'"$chat}"
holds "openai responses stream" 'event: response.completed' -N "$base/openai/v1/responses" -d '{"model":"gpt-4o","stream":true,"input":"'"$prompt"'"}'
holds "openai embeddings" '"object":"embedding"' "$base/openai/v1/embeddings" -d '{"model":"text-embedding-3-small","input":"a"}'
holds "anthropic messages" '"stop_reason":"end_turn"' "$base/anthropic/v1/messages" -H 'anthropic-version: 2023-06-01' -d '{"model":"claude-sonnet-4-6","max_tokens":512,'"$chat}"
holds "anthropic stream" 'event: message_stop' -N "$base/anthropic/v1/messages" -H 'anthropic-version: 2023-06-01' -d '{"model":"claude-sonnet-4-6","stream":true,"max_tokens":512,'"$chat}"
holds "gemini generate" '"finishReason"' "$base/gemini/v1beta/models/gemini-2.5-flash:generateContent" -d '{"contents":[{"role":"user","parts":[{"text":"'"$prompt"'"}]}]}'
holds "gemini stream" '"finishReason"' -N "$base/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse" -d '{"contents":[{"role":"user","parts":[{"text":"'"$prompt"'"}]}]}'

if [[ $(curl --version) == *HTTP2* ]]; then
    holds "openai chat over HTTP/2" '"finish_reason":"stop"' --http2-prior-knowledge "$base/openai/v1/chat/completions" -d '{"model":"gpt-4o",'"$chat}"
    holds "openai chat stream over HTTP/2" 'data: [DONE]' --http2-prior-knowledge -N "$base/openai/v1/chat/completions" -d '{"model":"gpt-4o","stream":true,'"$chat}"
    holds "the protocol" 'HTTP/2 200' --http2-prior-knowledge -i "$base/health"
    holds "an upgrade that is not taken" 'HTTP/1.1 200' --http2 -i "$base/health"
    reset=0
    curl -sS --max-time 30 --http2-prior-knowledge -H 'content-type: application/json' -H 'x-llmsim-fault: cut@frame=3' \
        "$base/openai/v1/chat/completions" -d '{"model":"gpt-4o","stream":true,'"$chat}" >/dev/null 2>&1 || reset=$?
    [ "$reset" = 92 ] || { printf 'FAIL  curl: a cut stream over HTTP/2: exit code %s, not 92\n' "$reset"; exit 1; }
    printf 'ok    curl: a cut stream over HTTP/2\n'
fi

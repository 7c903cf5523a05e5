#!/usr/bin/env bash
# What the smoke checks of the Rust llmsim (0.6.0) look for, by curl and grep as there: LLMSIM_BASE, and LLMSIM_SCRIPTED_BASE that plays
# dropin/scripted.toml from its first turn.
set -euo pipefail
base=${LLMSIM_BASE:?set LLMSIM_BASE to http://127.0.0.1:PORT of a running llmsim}
scripted=${LLMSIM_SCRIPTED_BASE:?set LLMSIM_SCRIPTED_BASE to that of llmsim serve -c interop/dropin/scripted.toml}
failed=0

# holds NAME EXPECTED... -- CURL-ARGUMENTS: the answer has each expected text.
holds() {
    local name=$1 answer expected=()
    shift
    while [ "$1" != -- ]; do expected+=("$1"); shift; done
    shift
    answer=$(curl -sS --max-time 30 -H 'content-type: application/json' "$@") || answer="curl: $?"
    for text in "${expected[@]}"; do
        grep -qF -- "$text" <<<"$answer" || { printf 'FAIL  drop-in: %s: no %s in %.300s\n' "$name" "$text" "$answer"; failed=1; return; }
    done
    printf 'ok    drop-in: %s\n' "$name"
}

openai=$base/openai/v1 anthropic=$base/anthropic/v1
hello='"messages":[{"role":"user","content":"Hello!"}]'
holds "health" '"status":"ok"' -- "$base/health"
holds "models" '"object":"list"' '"id":"gpt-5.5"' '"id":"gemini-3.1-flash-lite"' -- "$openai/models"
holds "chat" '"choices"' -- "$openai/chat/completions" -d '{"model":"gpt-4",'"$hello"',"stream":false}'
holds "chat stream" 'data:' '[DONE]' -- "$openai/chat/completions" -d '{"model":"gpt-4",'"$hello"',"stream":true}'
holds "max_tokens of a reasoning model" '"choices"' -- "$openai/chat/completions" -d '{"model":"o3-mini",'"$hello"',"max_tokens":50}'
holds "stats" '"total_requests":' '"total_tokens":' '"model_requests":{' '"gpt-4":' -- "$base/llmsim/stats"
holds "responses" '"status":"completed"' '"output_text":"' -- "$openai/responses" -d '{"model":"gpt-4","input":"Hello!","stream":false}'
image='"model":"gpt-image-1","prompt":"a cat riding a bicycle","size":"256x256","quality":"low"'
holds "images" '"b64_json":"iVBORw0KGgo' -- "$openai/images/generations" -d "{$image}"
holds "images stream" image_generation.partial_image image_generation.completed -- \
    "$openai/images/generations" -d "{$image"',"stream":true,"partial_images":2}'
holds "openresponses" '"status":"completed"' -- "$base/openresponses/v1/responses" -d '{"model":"gpt-4","input":[{"role":"user","content":"Test"}]}'
holds "openresponses stream" response.completed -- "$base/openresponses/v1/responses" -d '{"model":"gpt-4","input":"Hello!","stream":true}'
holds "messages" '"type":"message"' '"stop_reason":"end_turn"' -- "$anthropic/messages" -H 'x-api-key: not-needed' -d '{"model":"claude-opus-4-8","max_tokens":64,'"$hello}"
holds "messages stream, no version header" 'event: message_start' 'event: message_stop' -- \
    "$anthropic/messages" -d '{"model":"claude-haiku-4-5","max_tokens":32,"stream":true,'"$hello}"
holds "anthropic models" '"id":"claude-opus-4-8"' -- "$anthropic/models"
holds "preflight" 'allow-origin: *' 'allow-methods: PUT' 'allow-headers: x-a' -- "$openai/models" -i -X OPTIONS \
    -H 'origin: http://page.example' -H 'access-control-request-method: PUT' -H 'access-control-request-headers: x-a'

go='{"model":"gpt-5","messages":[{"role":"user","content":"go"}]'
turns=$scripted/openai/v1/chat/completions
holds "script, turn 0" '"finish_reason":"tool_calls"' '"name":"bash"' '"id":"call_llmsim_0_0"' 'echo one' -- "$turns" -d "$go}"
holds "script, turn 1" '"finish_reason":"tool_calls"' '"id":"call_llmsim_1_0"' -- "$turns" -d "$go}"
holds "script, turn 2, streamed" '"content":"One' 'call_verify' '"finish_reason":"tool_calls"' '[DONE]' -- "$turns" -d "$go"',"stream":true}'
holds "script, turn 3" '"content":"done"' '"finish_reason":"stop"' -- "$turns" -d "$go}"
holds "script, the end" 'HTTP/1.1 500' 'llmsim script exhausted (on_exhausted=error)' -- -i "$turns" -d "$go}"
exit "$failed"

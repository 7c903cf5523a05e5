#!/bin/sh
# Gemini's stream by curl against llmsim: llmsim serve; sh examples/gemini-stream.sh
base=${LLMSIM_BASE:-http://127.0.0.1:8080}
curl -sSN --fail-with-body "$base/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse" \
    -H 'content-type: application/json' \
    -d '{"contents":[{"role":"user","parts":[{"text":"What is the capital of Mexico?"}]}]}'

"""A script as it is written for OpenAI's API; nothing in it knows of Smart Meeting Scribe.

    export OPENAI_BASE_URL=http://127.0.0.1:5000/v1
    export OPENAI_API_KEY=sms_…
    pip install openai
    python openai_sdk.py meeting.mp3

The client reads both variables itself.
"""

import sys
from pathlib import Path

from openai import OpenAI

client = OpenAI()
recording = Path(sys.argv[1])

transcription = client.audio.transcriptions.create(model="whisper-1", file=recording)
print(transcription.text)

subtitles = client.audio.transcriptions.create(model="whisper-1", file=recording, response_format="srt")
print(subtitles)

timed = client.audio.transcriptions.create(
    model="whisper-1",
    file=recording,
    response_format="verbose_json",
    timestamp_granularities=["word", "segment"],
)
for word in timed.words or []:
    print(f"{word.start:7.2f}  {word.word}")

meeting = client.audio.transcriptions.create(
    model="gpt-4o-transcribe-diarize",
    file=recording,
    response_format="diarized_json",
    chunking_strategy="auto",
)
for segment in meeting.segments:
    print(f"{segment.start:7.2f}  {segment.speaker}: {segment.text}")

for event in client.audio.transcriptions.create(model="gpt-4o-transcribe", file=recording, stream=True):
    if event.type == "transcript.text.delta":
        print(event.delta, end="", flush=True)
print()

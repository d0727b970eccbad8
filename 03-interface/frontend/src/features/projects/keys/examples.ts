/** What a key can be tried with, ready to be pasted. */

export type Example = "curl" | "python" | "shell";

/** `origin`: this server's address, as the reader's browser knows it. */
export function example(kind: Example, origin: string, key: string): string {
  switch (kind) {
    case "curl":
      return [
        `curl ${origin}/api/v1/meetings \\`,
        `  -H "X-API-Key: ${key}" \\`,
        `  -F title=Weekly -F file=@meeting.mp3`,
      ].join("\n");
    case "python":
      return [
        "from openai import OpenAI",
        "",
        `client = OpenAI(base_url="${origin}/v1", api_key="${key}")`,
        'with open("meeting.mp3", "rb") as recording:',
        '    answer = client.audio.transcriptions.create(model="whisper-1", file=recording)',
        "print(answer.text)",
      ].join("\n");
    case "shell":
      return [
        `curl ${origin}/v1/audio/transcriptions \\`,
        `  -H "Authorization: Bearer ${key}" \\`,
        `  -F file=@meeting.mp3 -F model=whisper-1 -F response_format=srt`,
      ].join("\n");
  }
}

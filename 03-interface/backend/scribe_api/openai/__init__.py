"""The endpoints that programs written for OpenAI's audio API know, so that only their base URL changes."""

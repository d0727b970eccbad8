"""Whisper models through faster-whisper: from a recording to words with times, languages and doubts."""

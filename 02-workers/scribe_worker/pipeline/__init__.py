"""From a recording to a transcript: convert, diarise, transcribe, fuse, publish."""

"""The best diariser that runs here: pyannote.audio 4, by default with the model community-1."""

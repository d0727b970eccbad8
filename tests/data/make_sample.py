"""Makes the sample meeting again: sample.flac and its reference sample.json.

Both are committed, so this is needed only to change them: `cd tests && python -m data.make_sample`.
The sentences are plain on purpose, so that an engine with a small vocabulary can follow: the sample shows
that everything works together, not how well an engine copes with difficult speech.
"""

from pathlib import Path

from data.synthesis import Line, record

MEETING = (
    Line(
        "slt",
        0.0,
        "Good morning everyone, and thank you for coming. Today we have to choose a day for the summer "
        "party, and decide who will bring the food.",
    ),
    Line(
        "rms",
        0.6,
        "I think the first weekend of July would be better. School is over by then, and most families are "
        "still at home.",
    ),
    Line(
        "awb",
        0.5,
        "That works for me, but we need to find a place very soon. Last year we waited too long, and other "
        "people were there before us.",
    ),
    Line(
        "kal16",
        0.7,
        "I will talk to the owner tomorrow. He told me that the price has not changed, and that we have "
        "enough money for the whole day.",
    ),
    Line(
        "slt",
        -0.25,
        "Very good. What about music? Some people said that the band played too long last time.",
    ),
    Line(
        "rms",
        0.4,
        "My brother plays the piano with three friends. They could play for two hours, and they would not "
        "ask for any money.",
    ),
    Line(
        "awb",
        -0.2,
        "I like that idea. We should also find more chairs, because some of the older people had to stand.",
    ),
    Line(
        "kal16",
        0.9,
        "Then I will bring the tables and chairs on Friday evening. I will need two strong people to help "
        "me.",
    ),
    Line(
        "slt",
        0.5,
        "Thank you, this was a good meeting. We will talk again next week, and I will send you my notes "
        "tonight.",
    ),
)


if __name__ == "__main__":
    record(MEETING, Path(__file__).with_name("sample.flac"))

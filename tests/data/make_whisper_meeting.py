"""Makes the meeting that the small Whisper of the tests can follow: whisper-meeting.flac and its reference.

Both are committed, so this is needed only to change them: `cd tests && python -m data.make_whisper_meeting`.
That model was trained from scratch on a closed vocabulary and on sentences out of templates, one at a time
with pauses between them. These were written by hand with its words, after its templates, and are spoken that
way; nobody talks over anybody else. So they show whether the code around the model is right, nothing more.
"""

from pathlib import Path

from data.synthesis import Line, record

MEETING = (
    Line("slt", 0.0, "Good morning everyone."),
    Line("slt", 0.6, "Let us review the final roadmap first."),
    Line("slt", 0.9, "The quarterly survey is finished."),
    Line("rms", 0.5, "Thank you Julia."),
    Line("rms", 0.7, "Martin has checked the backup system yesterday."),
    Line("rms", 0.6, "Our open tickets are not late."),
    Line("awb", 0.5, "I think the new interface is really slow."),
    Line("awb", 0.9, "Can we improve the website before Friday?"),
    Line("kal16", 0.5, "Yes I agreed."),
    Line("kal16", 0.7, "Sarah needs nine days for the technical documentation."),
    Line("slt", 0.5, "What is the price?"),
    Line("slt", 0.6, "The contract is sixty thousand euros."),
    Line("rms", 0.5, "Sales are twenty percent more than last quarter."),
    Line("rms", 0.9, "The office in London wants seven engineers."),
    Line("awb", 0.5, "There is a big problem with the delivery."),
    Line("awb", 0.7, "Who will cancel the order?"),
    Line("kal16", 0.5, "We decided to send the invoice on Monday."),
    Line("kal16", 0.6, "They have approved our budget."),
    Line("slt", 0.5, "When will the deployment be ready?"),
    Line("slt", 0.9, "If the tests are fast then Peter can deploy the release."),
    Line("rms", 0.5, "The next milestone is in November."),
    Line("rms", 0.7, "Because the server is broken we should move the migration."),
    Line("awb", 0.5, "Please stop the training this week."),
    Line("awb", 0.6, "Our suppliers are still expensive."),
    Line("kal16", 0.5, "Action item for Maria prepare the presentation by Thursday."),
    Line("kal16", 0.9, "We need to discuss all risks next month."),
    Line("slt", 0.5, "Thanks David."),
    Line("slt", 0.7, "Let us finish the agenda now."),
    Line("slt", 0.6, "Thank you everyone."),
)


if __name__ == "__main__":
    record(MEETING, Path(__file__).with_name("whisper-meeting.flac"))

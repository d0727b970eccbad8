"""What everything stands on: settings, state, storage, jobs and the transcript document."""

"""How the instance is: its servers, its workers, what waits, and how much room there is."""

"""How much a project and a person may use, and how much they have used."""

"""Projects: circles of people with their meetings, and what is asked of the engines for all of them."""

"""A folder whose new recordings are sent, each once, for as long as the command runs."""

"""Whether this process and its servers are well."""

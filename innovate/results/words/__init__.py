"""What the rules of results say, as sentences in the reader's language. Called where an application context is."""
